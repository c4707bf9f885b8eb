"""What the strategies of ../strategies must come to: plain loops over LEAN's raw files, sharing nothing with the engine.

    LEAN=/path/to/lean/data python3 independent_results.py

IndependentResultsTest holds what it prints.
"""
from lean import *
import datetime

def SH(q, p): return q * D("0.005")

OPT = 'option/usa/minute/goog/20151224_quote_american.zip'
H10 = 36000000
def oq(right, strike, expiry, day='20151224', zp=OPT, root='goog', style='american'):
    return quotes(zp, 10000, f'{day}_{root}_minute_quote_{style}_{right}_{int(strike*10000)}_{expiry}.csv')

def at(book, s):
    ks = sorted(book); i = bisect.bisect_right(ks, s) - 1
    return book[ks[i]] if i >= 0 else (None, None)

def goog_minutes(): 
    t = trades('equity/usa/minute/goog/20151224_trade.zip'); q = quotes('equity/usa/minute/goog/20151224_quote.zip')
    return t, q, [s for s in sorted(t) if OPEN <= s < HALF]

def spread(legs, units, fee, openms, closems, cash=100000, stock=False, mid=True):
    """legs: (right,strike,expiry,ratio); opened at bar ending openms, closed at bar ending closems at touches"""
    a = Account(cash, lambda q, p: q * D(fee), 100)
    books = [oq(*l[:3]) for l in legs]; t, q, mins = goog_minutes()
    opened = closed = False
    for s in mins:
        if s + 60000 >= openms and not opened:
            opened = True
            for i, l in enumerate(legs):
                b = at(books[i], s); a.trade(i, units * l[3], b[1] if l[3] > 0 else b[0])
        elif s + 60000 >= closems and not closed:
            closed = True
            for i, l in enumerate(legs):
                b = at(books[i], s); a.trade(i, -units * l[3], b[0] if l[3] > 0 else b[1])
        if opened:
            for i in range(len(legs)):
                b = at(books[i], s)
                if b[0] and b[1]: a.mark(i, (b[0] + b[1]) / 2)
                elif b[1]: a.mark(i, min(a.last[i], b[1]) if legs[i][3] > 0 else b[1])  # nobody bids
            a.strike()
    return a.result()

V = [('call', 750, '20160115', 1), ('call', 760, '20160115', -1)]
CAL = [('call', 750, '20160115', -1), ('call', 750, '20160219', 1)]
SX = [('call', 745, '20151224', 1), ('put', 745, '20151224', 1)]

def aapl_once():
    a = Account(100000, SH)
    for day in ('20140605','20140606','20140609'):
        pf, sf = factor('aapl', day); k = pf * sf
        t = trades(f'equity/usa/minute/aapl/{day}_trade.zip'); q = quotes(f'equity/usa/minute/aapl/{day}_quote.zip')
        for s in sorted(t):
            if not OPEN <= s < CLOSE: continue
            a.mark('A', r8(t[s][3] * k)); 
            if not a.fills:
                ask = r8(q[s][1] * k); a.trade('A', shares(a.equity(), 1, ask), ask)
            a.strike()
    return a.result()

def spy_seconds():
    a = Account(100000, SH); f, l = Ema(60), Ema(300)
    for day in ('20131007', '20131008'):
        t = trades(f'equity/usa/second/spy/{day}_trade.zip'); q = quotes(f'equity/usa/second/spy/{day}_quote.zip')
        keys = sorted(k for k in q if OPEN <= k < CLOSE)
        for s in sorted(t):
            if not OPEN <= s < CLOSE: continue
            c = t[s][3]; a.mark('S', c); f.update(c); l.update(c)
            b = q[keys[bisect.bisect_right(keys, s) - 1]]
            if l.ready():
                held = a.pos.get('S', 0)
                if f.value() > l.value() and not held: a.trade('S', shares(a.equity(), D('0.5'), b[1]), b[1])
                elif f.value() < l.value() and held: a.trade('S', -held, b[0])
            a.strike()
    return a.result()

def ibm_ticks():
    a = Account(100000, SH)
    ev = []
    for i, r in enumerate(rows('equity/usa/tick/ibm/20131007_quote.zip')):
        if r[7] == '0': ev.append((int(r[0]), 0, i, r))
    for i, r in enumerate(rows('equity/usa/tick/ibm/20131007_trade.zip')):
        if r[5] == '0': ev.append((int(r[0]), 1, i, r))
    ev.sort(key=lambda e: e[:3])
    bid = ask = None; n = 0
    for t, kind, _, r in ev:
        if kind == 0:
            if D(r[1]) > 0: bid = D(r[1]) / 10000
            if D(r[3]) > 0: ask = D(r[3]) / 10000
        elif OPEN <= t <= CLOSE:
            p = D(r[1]) / 10000; a.mark('I', p); n += 1
            if n % 1000 == 0:
                buy = (n // 1000) % 2 == 1
                a.trade('I', 100 if buy else -100, ask if buy else bid)
            a.strike()
    return a.result()

def aapl_hours():
    a = Account(100000, lambda q, p: min(max(D('0.005') * q, D(1)), q * p * D('0.01'))); f, l = Ema(12), Ema(26); want = None
    for row in dated('equity/usa/hour/aapl.zip'):
        if not '20120101' <= row[0] <= '20131231': continue
        if want is not None: a.trade('A', want - a.pos.get('A', 0), row[2]); want = None
        c = row[5]; a.mark('A', c); f.update(c); l.update(c)
        if l.ready():
            held = a.pos.get('A', 0)
            if f.value() > l.value() and held <= 0: want = 100
            elif f.value() < l.value() and held >= 0: want = -100
        a.strike()
    return a.result()

def aapl_stops():
    """a stop sleeps from the bar after the one at whose open was bought; it trades at its trigger or at a worse open"""
    a = Account(100000, SH); f, l = Ema(12), Ema(26); above = False; want = None; stop = None
    for row in dated('equity/usa/hour/aapl.zip'):
        if not '20120101' <= row[0] <= '20131231': continue
        o, h, low, c = row[2:6]
        if want is not None:
            a.trade('A', want, o)
            stop = (o * D('0.985')).quantize(D('0.01'), ROUND_FLOOR) if want > 0 else None
            want = None
        elif stop is not None and low <= stop:
            a.trade('A', -100, min(stop, o)); stop = None
        a.mark('A', c); f.update(c); l.update(c)
        if l.ready():
            now = f.value() > l.value(); held = a.pos.get('A', 0)
            if now and not above and held == 0: want = 100
            elif not now and above and held > 0: want = -100; stop = None
            above = now
        a.strike()
    return a.result()

def btc_minutes():
    a = Account(100000, lambda q, p: q * p * D('0.001')); f, l = Ema(10), Ema(40)
    t = trades('crypto/bybit/minute/btcusdt/20221213_trade.zip', 1)
    for s in sorted(t):
        c = t[s][3]; a.mark('B', c); f.update(c); l.update(c)
        if l.ready():
            held = a.pos.get('B', 0)
            if f.value() > l.value() and not held: a.trade('B', shares(a.equity(), D('0.5'), c, D('0.000001')), c)
            elif f.value() < l.value() and held: a.trade('B', -held, c)
        a.strike()
    return a.result()

def perp_touch():
    a = Account(100000, lambda q, p: q * p * D('0.00055')); f, l = Sma(15), Sma(60)
    t = trades('cryptofuture/bybit/minute/btcusdt/20221213_trade.zip', 1); q = quotes('cryptofuture/bybit/minute/btcusdt/20221213_quote.zip', 1)
    fund = {0: D('-0.0002016'), 28800000: D('-0.00022398'), 57600000: D('-0.00038555')}
    keys = sorted(q); funding = D(0); last = None
    for s in sorted(t):
        # paid at the instant, before the bar that ends then is known
        end = s + 60000
        if end in fund and a.pos.get('B') and last is not None:
            pay = r8(last * a.pos['B'] * fund[end]); a.cash -= pay; funding += pay
        c = t[s][3]; a.mark('B', c); f.update(c); l.update(c); last = c
        i = bisect.bisect_right(keys, s) - 1; b = q[keys[i]]
        if l.ready():
            held = a.pos.get('B', D(0))
            if f.value() > l.value() and held <= 0: a.trade('B', D('2.5') - held, b[1])
            elif f.value() < l.value() and held >= 0: a.trade('B', D('-2.5') - held, b[0])
        a.strike()
    pay = r8(last * a.pos['B'] * fund[57600000]); a.cash -= pay  # held beyond the data's end at 12:00
    r = a.result()
    return r

def es_minutes():
    a = Account(100000, lambda q, p: q * D('2.25'), 50); f, l = Sma(10), Sma(50)
    for day in ('20131007', '20131008'):
        t = trades(f'future/cme/minute/es/{day}_trade.zip', 1, f'{day}_es_minute_trade_201312.csv'); q = quotes(f'future/cme/minute/es/{day}_quote.zip', 1, f'{day}_es_minute_quote_201312.csv')
        keys = sorted(q)
        for s in sorted(t):
            if 75600000 <= s < 79200000: continue  # 17:00 to 18:00 New York
            c = t[s][3]; a.mark('E', c); f.update(c); l.update(c)
            b = q[keys[bisect.bisect_right(keys, s) - 1]]
            if l.ready():
                held = a.pos.get('E', D(0))
                if f.value() > l.value() and held <= 0: a.trade('E', 3 - held, b[1])
                elif f.value() < l.value() and held >= 0: a.trade('E', -3 - held, b[0])
            a.strike()
    return a.result()

def rebalance():
    a = Account(100000, SH); d = {}
    def load(sym):
        out = {}
        for r in dated(f'equity/usa/daily/{sym}.zip'):
            if '20100101' <= r[0] <= '20121231':
                p, s = factor(sym, r[0]); k = p * s; out[r[0]] = (r8(r[2] * k), r8(r[5] * k))
        return out
    S_, A_ = load('spy'), load('aapl'); W = {'S': D('0.6'), 'A': D('0.4')}; want = {}; month = None
    for day in sorted(A_):
        bars = {'S': S_.get(day), 'A': A_[day]}
        for s in 'SA':
            if want.get(s): a.trade(s, want[s], bars[s][0]); want[s] = 0
            a.mark(s, bars[s][1])
        n = (datetime.date(int(day[:4]), int(day[4:6]), int(day[6:])) - datetime.date(1970, 1, 1)).days // 21
        if n != month:
            month = n
            for s in 'SA': want[s] = shares(a.equity(), W[s], bars[s][1]) - a.pos.get(s, 0)
        a.strike()
    return a.result()

def flip():
    a = Account(100000, SH); f, l = Ema(20), Ema(80)
    for row in dated('equity/usa/hour/spy.zip'):
        if not '20150101' <= row[0] <= '20161231': continue
        c = row[5]; a.mark('S', c); f.update(c); l.update(c)
        if l.ready():
            held = a.pos.get('S', 0); q = shares(a.equity(), 1, c, buffer=D('0.02'))
            if f.value() > l.value() and held <= 0: a.trade('S', q - held, c)
            elif f.value() < l.value() and held >= 0: a.trade('S', -q - held, c)
        a.strike()
    return a.result()

def hour_on_minutes():
    a = Account(100000, SH); before = None; want = None
    for day in ('20131007','20131008','20131009','20131010','20131011'):
        t = trades(f'equity/usa/minute/spy/{day}_trade.zip'); close = None
        for s in sorted(t):
            if not OPEN <= s < CLOSE: continue
            if want: a.trade('S', want, t[s][0]); want = None
            close = t[s][3]; a.mark('S', close)
            end = s + 60000
            # hours begin with the session: 10:30, 11:30 ... 15:30, and the close
            if (end - OPEN) % 3600000 == 0 or end == CLOSE:
                if before is not None:
                    held = a.pos.get('S', 0)
                    if close > before and not held: want = D(500)
                    elif not close > before and held: want = -held
                before = close
            a.strike()
    return a.result()

def vertical(): return spread(V, 10, 1, 35820000, 44700000)

def calendar(): return spread(CAL, 3, 1, 35940000, 45120000)

def expiry():
    a = Account(200000, lambda q, p: q * D(1), 100)
    books = [oq(*l[:3]) for l in SX]; t, q, mins = goog_minutes(); opened = False
    for s in mins:
        if s + 60000 >= H10 and not opened:
            opened = True
            for i in range(2): a.trade(i, 2, at(books[i], s)[1])
        b = q[s] if s in q else at(q, s)
        a.mark('G', (b[0] + b[1]) / 2)
    # at 13:00 the mark of the last minute settles; shares stay, marked by what comes after
    spot = a.last['G']; a.pos[0] = a.pos[1] = D(0)
    n = a.fills
    call, put = max(D(0), spot - 745), max(D(0), 745 - spot)
    m = a.mult; a.mult = lambda x: D(1) if x == 'G' else D(100)
    if call > 0: a.cash -= 200 * 745; a.pos['G'] = D(200); n += 3
    elif put > 0: a.cash += 200 * 745; a.pos['G'] = D(-200); n += 3
    r = a.result(); r['fills'] = n
    return r

def contract_quotes(zp, member, dates=None):
    """{(date, start): (bid close, ask close)} of files of minutes or of hours"""
    out = {}
    for r in rows(zp, member):
        day, at = r[0].split() if ' ' in r[0] else (dates, r[0])
        price = lambda x: D(x) / 10000 if x and D(x) > 0 else None
        out[day, at] = (price(r[4]), price(r[9]))
    return out

def spxw_spread():
    a = Account(100000, lambda q, p: q * D(1), 100); day = '20210104'
    index = trades(f'index/usa/minute/spx/{day}_trade.zip', 1)   # ms of Chicago, an hour behind New York
    z = f'indexoption/usa/minute/spxw/{day}_quote_european.zip'
    legs = [(3800, 5), (3700, -5)]
    books = [quotes(z, 10000, f'{day}_spxw_minute_quote_european_put_{k}0000_{day}.csv') for k, _ in legs]
    for s in sorted(index):
        ny = s + 3600000
        if not OPEN <= ny < CLOSE: continue
        if ny + 60000 == 36000000:
            for i, (k, n) in enumerate(legs):
                b, ask = books[i][ny]; a.trade(i, n, ask if n > 0 else b)
        if ny + 60000 == CLOSE: break   # the quotes of that minute come as the contracts end
        for i in a.pos:
            b, ask = at(books[i], ny); a.mark(i, (b + ask) / 2)
        a.strike()
    for i, (k, n) in enumerate(legs): a.cash += n * 100 * max(D(0), k - index[s][3]); a.pos[i] = D(0)
    a.fills += 2; a.strike()
    return a.result()

def aapl_option_hours():
    a = Account(100000, lambda q, p: q * D(1), 100)
    z = 'option/usa/hour/aapl_2014_quote_american.zip'
    plan = {('20140606', 9): (0, 3), ('20140606', 14): (0, -3), ('20140609', 9): (1, 20), ('20140609', 14): (1, -20)}
    books = [contract_quotes(z, f'aapl_quote_american_call_{c}.csv') for c in ('6450000_20140613', '928600_20140719')]
    for day in ('20140606', '20140609'):
        for h in range(9, 16):
            if (day, h) in plan:
                i, n = plan[day, h]; b, ask = books[i][day, f'{h:02}:00']; a.trade(i, n, ask if n > 0 else b)
            for i in a.pos:
                if (day, f'{h:02}:00') in books[i]:
                    b, ask = books[i][day, f'{h:02}:00']; a.mark(i, (b + ask) / 2)
            a.strike()
    return a.result()

def aapl_expiry_hours():
    a = Account(100000, lambda q, p: q * D(1), lambda s: D(100) if s == 'C' else D(1)); day = '20140606'
    book = contract_quotes('option/usa/hour/aapl_2014_quote_american.zip', f'aapl_quote_american_call_6425000_{day}.csv')
    a.trade('C', 1, book[day, '09:00'][1])
    spot = [r[5] for r in dated('equity/usa/hour/aapl.zip') if r[0] == day][-1]   # of the hour that ends with the contract
    a.pos['C'] = D(0); n = a.fills + 1
    if spot > D('642.5'): a.cash -= 100 * D('642.5'); a.pos['A'] = D(100); a.mark('A', spot); n += 1
    r = a.result(); r['fills'] = n; r['dd'] = None
    return r

def es_option():
    a = Account(100000, lambda q, p: q * D('0.65'), 50); day = '20200105'
    future = trades(f'future/cme/minute/es/{day}_trade.zip', 1, f'{day}_es_minute_trade_202003.csv')
    book = quotes(f'futureoption/cme/minute/es/202003/{day}_quote_american.zip', 1, f'{day}_es_minute_quote_american_call_32300000_20200320.csv')
    for n, s in enumerate((s for s in sorted(future) if s >= 82800000), 1):   # from 18:00 New York
        b, ask = at(book, s)
        if n == 11: a.trade('C', 2, ask)
        elif n == 51: a.trade('C', -2, b)
        if b and ask: a.mark('C', (b + ask) / 2)
        elif ask and 'C' in a.last: a.mark('C', min(a.last['C'], ask))   # nobody bids
        if 'C' in a.last: a.strike()
    return a.result()

for name, run in {
    'AaplOnce': aapl_once,
    'SpySeconds': spy_seconds,
    'IbmTicks': ibm_ticks,
    'AaplHours': aapl_hours,
    'AaplStops': aapl_stops,
    'BtcMinutes': btc_minutes,
    'PerpTouch': perp_touch,
    'EsMinutes': es_minutes,
    'Rebalance': rebalance,
    'Flip': flip,
    'HourOnMinutes': hour_on_minutes,
    'GoogVertical': vertical,
    'GoogCalendar': calendar,
    'GoogExpiry': expiry,
    'SpxwSpread': spxw_spread,
    'AaplOptionHours': aapl_option_hours,
    'AaplExpiryHours': aapl_expiry_hours,
    'EsOption': es_option,
}.items():
    r = run()
    print(f"{name:14} fills {r['fills']:4} fees {r['fees']:.8f} end {r['end']:.8f}" + (f" drawdown {r['dd']:.8f}" if r["dd"] else ""))
