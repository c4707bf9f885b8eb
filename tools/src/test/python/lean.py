"""Readers of LEAN's raw zips and a plain account, in exact decimals: nothing but the standard library."""
import bisect, csv, io, os, zipfile
from decimal import Decimal as D, ROUND_FLOOR, getcontext
getcontext().prec = 40
ROOT = os.environ.get('LEAN', 'lean')
OPEN, CLOSE, HALF = 34200000, 57600000, 46800000   # New York ms

def rows(path, member=None):
    with zipfile.ZipFile(os.path.join(ROOT, path)) as z:
        name = member or z.namelist()[0]
        return list(csv.reader(io.TextIOWrapper(z.open(name))))

def trades(path, scale=10000, member=None):
    """{start: (o,h,l,c,v)}"""
    return {int(r[0]): tuple(D(x) / scale for x in r[1:5]) + (D(r[5]),) for r in rows(path, member)}

def quotes(path, scale=10000, member=None):
    """{start: (bid close, ask close)}; None = no side"""
    out = {}
    for r in rows(path, member):
        b = D(r[4]) / scale if r[4] and D(r[4]) > 0 else None
        a = D(r[9]) / scale if r[9] and D(r[9]) > 0 else None
        out[int(r[0])] = (b, a)
    return out

def dated(path, scale=10000):
    """[(yyyymmdd, hh:mm, o,h,l,c,v)]"""
    out = []
    for r in rows(path):
        d, t = r[0].split()
        out.append((d, t) + tuple(D(x) / scale for x in r[1:5]) + (D(r[5]),))
    return out

def factor(sym, date):
    """price factor × split factor that holds on a date"""
    for line in open(f'{ROOT}/equity/usa/factor_files/{sym}.csv'):
        d, p, s = line.split(',')[:3]
        if date <= d:
            return D(p), D(s)

def r8(x):
    return x.quantize(D('1e-8'))   # half even

class Account:
    def __init__(self, cash, fee=lambda q, p: D(0), mult=1):
        self.cash = D(cash); self.pos = {}; self.last = {}
        self.fees = D(0); self.fills = 0; self.fee = fee; self.mult = mult if callable(mult) else (lambda s: D(mult))
        self.peak = D(cash); self.dd = D(0); self.log = []
    def trade(self, sym, q, p, fee=None):
        q = D(q)
        if q == 0: return
        f = r8((fee or self.fee)(abs(q), p))
        self.cash -= q * p * self.mult(sym) + f
        self.pos[sym] = self.pos.get(sym, D(0)) + q
        self.fees += f; self.fills += 1
        self.log.append((sym, q, p, f))
    def mark(self, sym, p):
        self.last[sym] = p
    def equity(self):
        return self.cash + sum(q * self.last[s] * self.mult(s) for s, q in self.pos.items() if q)
    def strike(self):
        e = self.equity(); self.peak = max(self.peak, e); self.dd = max(self.dd, (self.peak - e) / self.peak)
    def result(self):
        return dict(end=self.equity(), fees=self.fees, fills=self.fills, dd=self.dd)

def shares(equity, fraction, price, lot=D(1), buffer=D('0.0025')):
    return (equity * D(fraction) * (1 - buffer) / price / lot).to_integral_value(ROUND_FLOOR) * lot

class Sma:
    def __init__(self, n): self.n = n; self.w = []
    def update(self, x): self.w.append(x); self.w = self.w[-self.n:]
    def ready(self): return len(self.w) == self.n
    def value(self): return sum(self.w) / self.n
class Ema:
    def __init__(self, n): self.n = n; self.k = 0; self.s = D(0); self.v = None; self.a = D(2) / (n + 1)
    def update(self, x):
        self.k += 1
        if self.k <= self.n:
            self.s += x; self.v = self.s / self.k
        else: self.v += self.a * (x - self.v)
    def ready(self): return self.k >= self.n
    def value(self): return self.v
class Rsi:
    def __init__(self, n): self.n = n; self.p = None; self.k = 0; self.g = self.l = D(0)
    def update(self, x):
        if self.p is not None:
            c = x - self.p; u, d = max(c, D(0)), max(-c, D(0)); self.k += 1
            if self.k <= self.n:
                self.g += u / self.n; self.l += d / self.n
            else:
                self.g += (u - self.g) / self.n; self.l += (d - self.l) / self.n
        self.p = x
    def ready(self): return self.k >= self.n
    def value(self): return 50 if self.g + self.l == 0 else 100 * self.g / (self.g + self.l)
