"""More of what the strategies of ../strategies must come to: plain loops over raw files of LEAN and of captured feeds,
written from the documented rules, sharing nothing with the engine.

    LEAN=/path/to/lean/data HFT=/path/to/hftbacktest/data python3 further_results.py

FurtherResultsTest holds what it prints.
"""
from lean import *
import gzip, json
HFT = os.environ.get('HFT', 'hftbacktest')

def SH(q, p): return q * D('0.005')
def ibfix(q, p): return min(max(D('0.005') * q, D(1)), q * p * D('0.01'))
def ibtier(q, p): return min(max(D('0.0035') * q, D('0.35')), q * p * D('0.01')) + q * D('0.003')
def leanfee(q, p): return max(min(D('0.005') * q, q * p * D('0.01')), D(1))

def meanstd(w):
    m=sum(w)/len(w); return m,(sum((x-m)**2 for x in w)/len(w)).sqrt()

def adj(sym,lo,hi):
    out={}
    for r in dated(f'equity/usa/daily/{sym}.zip'):
        if lo<=r[0]<=hi:
            p,s=factor(sym,r[0]); k=p*s; out[r[0]]=(r8(r[2]*k),r8(r[5]*k))
    return out

def latest(q,keys,s):
    i=bisect.bisect_right(keys,s)-1; return q[keys[i]] if i>=0 else (None,None)

def oq(right,strike,expiry,day):
    return quotes(f'option/usa/minute/goog/{day}_quote_american.zip',10000,f'{day}_goog_minute_quote_american_{right}_{int(strike*10000)}_{expiry}.csv')

def goog(day): 
    t=trades(f'equity/usa/minute/goog/{day}_trade.zip'); 
    q=quotes(f'equity/usa/minute/goog/{day}_quote.zip') if day!='20151223' else {}
    return t,q

def ontouch(b,q): return b[1] if q>0 else b[0]

def tickround(x,up,tick=D('0.01')):
    n=x/tick; return n.to_integral_value('ROUND_CEILING' if up else 'ROUND_FLOOR')*tick

def hft(path):
    for line in gzip.open(os.path.join(HFT, path),'rt'):
        ts,js=line.split(' ',1); m=json.loads(js,parse_float=D); yield int(ts),m

class Coin:
    """An inverse contract: cost is the face, worth are its coins at the mark."""
    def __init__(self,cash,mult,bps):
        self.cash=D(cash);self.m=D(mult);self.bps=D(bps)/10000;self.q=D(0);self.entry=None;self.fees=D(0);self.fills=0;self.peak=D(cash);self.dd=D(0);self.funding=D(0)
    def gain(self,q,e,x): return r8(q*self.m*(1/e-1/x))
    def trade(self,q,p):
        q=D(q)
        if not q: return
        f=r8(abs(q)*self.m*self.bps); self.fees+=f; self.cash-=f; self.fills+=1
        if self.q and self.q*q<0:
            k=min(abs(q),abs(self.q))*(1 if self.q>0 else -1)
            self.cash+=self.gain(k,self.entry,p)*p; self.q-=k; q+=k
        if q:
            if not self.q: self.entry=p
            else: self.entry=(self.q+q)/(self.q/self.entry+q/p)
            self.q+=q
    def equity(self,mark): return self.cash+(self.gain(self.q,self.entry,mark)*mark if self.q else 0)
    def fund(self,rate,mark):
        if self.q:
            pay=self.q*self.m*rate; self.cash-=pay; self.funding+=pay
    def strike(self,mark):
        e=self.equity(mark); self.peak=max(self.peak,e); self.dd=max(self.dd,(self.peak-e)/self.peak)
    def result(self,mark): return dict(end=self.equity(mark),fees=self.fees,fills=self.fills,dd=self.dd,funding=self.funding)

def spy_donchian():
    a=Account(100000,ibfix); H=[];L=[];want=None
    for r in dated('equity/usa/daily/spy.zip'):
        d,t,o,h,l,c,v=r
        if want: a.trade('S',want,o); want=None
        a.mark('S',c)
        if len(H)>=20:
            hi=max(H[-20:]); lo=min(L[-10:]); held=a.pos.get('S',0)
            if not held and c>hi: want=shares(a.equity(),1,c)
            elif held and c<lo: want=-held
        H.append(h);L.append(l); a.strike()
    return a.result()

def aapl_bands():
    a=Account(100000,lambda q,p:q*p*D('0.0005')); W=[]
    for r in dated('equity/usa/daily/aapl.zip'):
        if not '20050101'<=r[0]<='20151231': continue
        pf,sf=factor('aapl',r[0]); c=r8(r[5]*pf*sf); a.mark('A',c); a.strike(); W.append(c); W=W[-20:]
        if len(W)==20:
            m,s=meanstd(W); held=a.pos.get('A',0)
            def go(q): a.trade('A',q,r8(c*(D('1.0002') if q>0 else D('0.9998'))))
            if not held and c<m-2*s: go(shares(a.equity(),D('0.5'),c))
            elif not held and c>m+2*s: go(-shares(a.equity(),D('0.5'),c))
            elif held>0 and c>=m or held<0 and c<=m: go(-held)
        a.strike()
    return a.result()

def pairs():
    a=Account(100000,SH); A=adj('aapl','20100101','20151231'); S=adj('spy','20100101','20151231'); W=[];want={}
    la=None
    for day in sorted(set(A)|set(S)):
        for k,b in (('A',A.get(day)),('S',S.get(day))):
            if b:
                if want.get(k): a.trade(k,want.pop(k),b[0]); a.mark(k,b[1]); a.strike()
                a.mark(k,b[1])
        if day in S and 'A' in a.last:
            x=a.last['A']/a.last['S']; W.append(x); W=W[-60:]
            if len(W)==60:
                m,s=meanstd(W); z=(x-m)/s; held=a.pos.get('A',0)
                if not held and abs(z)>2:
                    g=1 if z<0 else -1
                    want={'A':g*(30000/a.last['A']).to_integral_value(ROUND_FLOOR),'S':-g*(30000/a.last['S']).to_integral_value(ROUND_FLOOR)}
                elif held>0 and z>D('-0.5') or held<0 and z<D('0.5'):
                    want={'A':-held,'S':-a.pos['S']}
        a.strike()
    return a.result()

def day_on_hours():
    a=Account(100000,leanfee); R=Rsi(2); want=None
    rows_=[r for r in dated('equity/usa/hour/spy.zip') if '20080101'<=r[0]<='20121231']
    for i,r in enumerate(rows_):
        d,t,o,h,l,c,v=r
        if want: a.trade('S',want,o); want=None
        a.mark('S',c)
        if i+1==len(rows_) or rows_[i+1][0]!=d:
            R.update(c)
            if R.ready():
                held=a.pos.get('S',0)
                if not held and R.value()<10: want=shares(a.equity(),D('0.9'),c)
                elif held and R.value()>70: want=-held
        a.strike()
    return a.result()

def hour_limits():
    # a limit buy rests from the close of an hour to that of the next; over night it trades at an open that is better
    def maker(q,p): return min(max(D('0.0035')*q,D('0.35')),q*p*D('0.01'))-q*D('0.002')
    a=Account(100000,ibtier); lim=None; entry=None
    R=[r for r in dated('equity/usa/hour/aapl.zip') if '20100101'<=r[0]<='20101231']
    for i,r in enumerate(R):
        d,t,o,h,l,c,v=r
        if lim and not a.pos.get('A'):
            if R[i-1][0]!=d and o<=lim: a.trade('A',100,o); entry=o
            elif l <= lim: a.trade('A', 100, lim, fee=maker); entry = lim
        a.mark('A',c); a.strike()
        if not a.pos.get('A'):
            lim=((c*D('0.995')*100).to_integral_value(ROUND_FLOOR)/100)
        elif c>entry*D('1.01'): lim=None; a.trade('A',-100,c)
        a.strike()
    return a.result()

def ibm_queue():
    a=Account(100000); ev=[]
    for i,r in enumerate(rows('equity/usa/tick/ibm/20131007_quote.zip')):
        if r[7]=='0': ev.append((int(r[0]),0,i,r))
    for i,r in enumerate(rows('equity/usa/tick/ibm/20131007_trade.zip')):
        if r[5]=='0': ev.append((int(r[0]),1,i,r))
    ev.sort(key=lambda e:e[:3])
    bid=ask=None;bs=as_=D(0); o=None; at=None; before=-10**9; sec=None
    # order: dict(side,price,leaves,ahead,filled,paid)
    def pay(o,n,p):
        o['n']+=n; o['v']+=n*p
        tot=min(max(D('0.0035')*o['n'],D('0.35')),o['v']*D('0.01'))-D('0.002')*o['n']
        f=tot-o['paid']; o['paid']=tot; return f
    def fill(n):
        nonlocal o,at
        f=pay(o,n,o['p']); a.trade('I',n*o['s'],o['p'],fee=lambda *_:f); o['l']-=n; at=None
        if o['l']==0: o=None
    i=0
    while i<len(ev):
        t,k,_,r=ev[i]
        if k==0:
            old=(bid,bs,ask,as_)
            def take(r):
                nonlocal bid,bs,ask,as_
                if D(r[1])>0: bid,bs=D(r[1])/10000,D(r[2])
                if D(r[3])>0: ask,as_=D(r[3])/10000,D(r[4])
            take(r)
            if D(r[1])>0 and i+1<len(ev) and ev[i+1][0]==t and ev[i+1][1]==0 and D(ev[i+1][3][3])>0 and not D(ev[i+1][3][1])>0:
                i+=1; take(ev[i][3])
            i+=1
            if (bid,bs,ask,as_)==old or not OPEN<=t<=CLOSE: continue
            if o and bid and ask:
                opp=ask if o['s']>0 else bid
                if (opp<=o['p'] if o['s']>0 else opp>=o['p']):
                    fill(min(o['l'],as_ if o['s']>0 else bs))
                elif o['ahead'] is None: 
                    near=bid if o['s']>0 else ask
                    if near==o['p']: o['ahead']=bs if o['s']>0 else as_
                    elif (near<o['p'] if o['s']>0 else near>o['p']): o['ahead']=D(0)
            if t<CLOSE and bid and ask and bid<ask:
                held=a.pos.get('I',D(0)); want=ask if held>0 else bid
                if want!=at and t-before>=2000:
                    o=dict(s=-1 if held>0 else 1,p=want,l=held if held>0 else D(100),ahead=as_ if held>0 else bs,n=D(0),v=D(0),paid=D(0))
                    at=want;before=t
        else:
            i+=1
            if not OPEN<=t<=CLOSE: continue
            p=D(r[1])/10000; n=D(r[2]); a.mark('I',p)
            if o:
                through=p<o['p'] if o['s']>0 else p>o['p']
                if through: fill(min(o['l'],n))
                elif p==o['p'] and o['ahead'] is not None:
                    used=min(o['ahead'],n); o['ahead']-=used
                    if n>used: fill(min(o['l'],n-used))
    r=a.result(); r['dd']=None; return r

def coin_m():
    a=Coin(100000,100,5); W=[]
    t=trades('cryptofuture/binance/minute/btcusd/20221213_trade.zip',1); q=quotes('cryptofuture/binance/minute/btcusd/20221213_quote.zip',1)
    fund={int(r[0].split()[1][:2])*3600000:D(r[1]) for r in csv.reader(open(ROOT+'/cryptofuture/binance/margin_interest/btcusd.csv')) if r[0].startswith('20221213')}
    b=None; mid=None; done=set()
    for s in sorted(set(q)|set(t)):
        end=s+60000
        for k in sorted(fund):
            if k<=end and k not in done:
                done.add(k)
                if mid: a.fund(fund[k],mid)
        if s in q: b=q[s]; mid=(b[0]+b[1])/2
        a.strike(mid)
        if s in t and end%300000==0:
            c=t[s][3]; W.append(c);W=W[-24:]
            if len(W)==24:
                m,sd=meanstd(W); z=(c-m)/sd
                if not a.q and z>D('1.5'): a.trade(-shares(a.equity(mid),D('0.5'),D(100)),b[0])
                elif not a.q and z<D('-1.5'): a.trade(shares(a.equity(mid),D('0.5'),D(100)),b[1])
                elif a.q*z>0: a.trade(-a.q,b[0] if a.q>0 else b[1])
        a.strike(mid)
    return a.result(mid)

def condor():
    legs=[('put',745,1),('put',750,-1),('call',750,-1),('call',755,1)]
    a=Account(100000,lambda q,p:q*D(1),lambda s:D(1) if s=='G' else D(100)); day='20151224'
    bk=[oq(r,k,'20151224',day) for r,k,_ in legs]; ks=[sorted(b) for b in bk]; t,q=goog(day); opened=False; last=None
    for s in sorted(t):
        if not OPEN<=s<HALF: continue
        last=t[s][3]
        if s+60000>=36000000 and not opened:
            opened=True
            for i,(r,k,n) in enumerate(legs): a.trade(i,3*n,ontouch(latest(bk[i],ks[i],s),n))
    # 13:00: mark of the underlying = last
    spot=last
    for i,(r,k,n) in enumerate(legs):
        pos=a.pos.pop(i); v=(spot-k if r=='call' else k-spot)
        a.fills+=1
        if v>=D('0.01'):
            sh=pos*100*(1 if r=='call' else -1); a.cash-=sh*k; a.pos['G']=a.pos.get('G',0)+sh; a.fills+=1
    a.mark('G',last)
    t,q=goog('20151228'); k2=sorted(q); sold=False
    for s in sorted(t):
        if not OPEN<=s<CLOSE: continue
        a.mark('G',t[s][3])
        if not sold and a.pos.get('G') and 575<=(s+60000)//60000<700:
            sold=True; x=-a.pos['G']; a.trade('G',x,ontouch(latest(q,k2,s),x),fee=lambda n,p:n*D('0.005'))
    r=a.result(); r['dd']=None; return r

def butterfly():
    legs=[(740,1),(750,-2),(760,1)]; a=Account(100000,lambda q,p:D(0),100); day='20151224'
    bk=[oq('call',k,'20160115',day) for k,_ in legs]; ks=[sorted(b) for b in bk]; t,q=goog(day); state=0
    # evaluated each minute of the book
    ev=sorted(set(t)|set(q)|set().union(*map(set,bk)))
    for s in ev:
        for i in range(3):
            b=latest(bk[i],ks[i],s)
            if b[0] and b[1]: a.mark(i,(b[0]+b[1])/2)
            elif b[1] and i in a.last and a.pos.get(i): a.mark(i,min(a.last[i],b[1]) if a.pos[i]>0 else b[1])
        end=s+60000
        if s in t and OPEN<=s<HALF:
            for want,st,sg in((590*60000,0,1),(765*60000,1,-1)):
                if state==st and end>=want:
                    state+=1
                    for i,(k,n) in enumerate(legs):
                        x=7*n*sg; b=latest(bk[i],ks[i],s)
                        # near touch + half the spread, up to the tick
                        p=tickround((b[0]+b[1])/2,x>0)
                        a.trade(i,x,p,fee=lambda q_,p_:q_*D('1.09')+(q_*p_*100*D('0.0000278') if x<0 else 0))
                    break
        a.strike()
    return a.result()

def hft_touch():
    a=Account(1000000,lambda q,p:q*p*D('0.00017')); fund=None; mark=None; sec=None; funds=[]
    # the capture's files, as one feed; sampled by line order; a line at E
    ev=[]
    for f in('usdm/btcusdt_20230404.dat.gz','usdm/btcusdt_20230405.dat.gz'):
        for n,(ts,m) in enumerate(hft(f)):
            d=m.get('data')
            if not d: continue
            e=d['e']
            if e=='bookTicker': ev.append((d['E'],1,d))
            elif e=='markPriceUpdate': ev.append((d['E'],0,d))
    ev.sort(key=lambda x:x[0])
    pos=D(0);b=None;paid=set();T=None;rate=None;mk=None
    for E,k,d in ev:
        if T and E>=T and T not in paid:
            paid.add(T)
            if a.pos.get('B'):
                pay=r8(a.pos['B']*mk*rate); a.cash-=pay; funds.append(pay)
        if k==0:
            rate=D(d['r']);T=d['T'];mk=D(d['p'])
            continue
        bb,bq,aa,aq=D(d['b']),D(d['B']),D(d['a']),D(d['A'])
        a.mark('B',(bb+aa)/2); held=a.pos.get('B',D(0))
        if bq>20*aq and held<=0: a.trade('B',D('1.5')-held,aa)
        elif aq>20*bq and held>=0: a.trade('B',D('-1.5')-held,bb)
    r=a.result(); r['dd']=None; r['funding']=sum(funds); return r

def mapped():
    a=Account(100000); before=None; want=None; left=0
    for r in dated('equity/usa/daily/spy.zip'):
        d,_,o,h,l,c,v=r
        if want: a.trade('S',want,o); want=None
        a.mark('S',c); held=a.pos.get('S',0)
        if not held and before and c<before*D('0.98'): want=shares(a.equity(),D('0.99'),c); left=5
        elif held:
            left-=1
            if left==0: want=-held
        before=c; a.strike()
    return a.result()

for name, run in {
    'SpyDonchian': spy_donchian,
    'AaplBands': aapl_bands,
    'Pairs': pairs,
    'DayOnHours': day_on_hours,
    'HourLimits': hour_limits,
    'IbmQueue': ibm_queue,
    'CoinM': coin_m,
    'Condor': condor,
    'Butterfly': butterfly,
    'HftTouch': hft_touch,
    'Mapped': mapped,
}.items():
    r = run()
    print(f"{name:14} fills {r['fills']:4} fees {r['fees']:.8f} end {r['end']:.8f}" + (f" drawdown {r['dd']:.8f}" if r['dd'] else '') + (f" funding {r['funding']:.8f}" if 'funding' in r else ''))
