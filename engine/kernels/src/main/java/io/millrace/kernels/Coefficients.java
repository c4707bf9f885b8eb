package io.millrace.kernels;

/**
 * Constants of the approximations. All were fitted for this project at 70 digits (weighted least
 * squares at Chebyshev nodes, iterated for the rationals) and rounded once to double; {@code
 * AccuracyTest} checks each function against a high-precision reference.
 */
final class Coefficients {
  /** Adding and subtracting it rounds |x| < 2^51 to the nearest integer; its low bits hold it. */
  static final double ROUND_MAGIC = 0x1.8p52;

  static final long ROUND_MAGIC_BITS = 0x4338000000000000L;
  static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts: the first has 32 bits, so that its product with an exponent is exact. */
  static final double LN2_HI = 0.6931471803691238;

  static final double LN2_LO = 1.9082149292705877e-10;

  /** Below it exp is zero, above {@link #EXP_MAX} infinite, in double. */
  static final double EXP_MIN = -746.0;

  static final double EXP_MAX = 710.0;

  static final long MANTISSA_MASK = 0x000fffffffffffffL;

  /** Bits of a number just below sqrt(1/2): log reduces to [sqrt(1/2), sqrt(2)). */
  static final long SQRT_HALF_BITS = 0x3fe6a09e00000000L;

  static final long LOG_BIAS = 0x3ff0000000000000L - SQRT_HALF_BITS;

  /** Bits of 2^52: OR-ing a small integer into them gives 2^52 + that integer. */
  static final long TWO52_BITS = 0x4330000000000000L;

  static final double TWO52_PLUS_BIAS = 0x1p52 + 1023.0;
  static final double INV_SQRT_2PI = 0.3989422804014327;

  /** Years to calendar days, ACT/365F, with the sign of passing time. */
  static final double MINUS_PER_DAY = -1.0 / 365.0;

  /** The Mills ratio is taken at most here; the density is zero in double well before. */
  static final double MILLS_MAX = 64.0;

  /** exp(r) = 1 + r + r^2 q(r) on |r| <= ln2/2; Chebyshev interpolation, error 1.6e-17. */
  static final double EXP_0 = 0.5000000000000001;

  static final double EXP_1 = 0.16666666666666669;
  static final double EXP_2 = 0.04166666666662413;
  static final double EXP_3 = 0.008333333333330062;
  static final double EXP_4 = 0.0013888888917213717;
  static final double EXP_5 = 0.00019841269863053618;
  static final double EXP_6 = 2.4801521295954376e-05;
  static final double EXP_7 = 2.7557268459997064e-06;
  static final double EXP_8 = 2.7620088445409746e-07;
  static final double EXP_9 = 2.510038549551032e-08;

  /** log(1+f) = 2s + s z P(z), s = f/(2+f), z = s^2 <= 0.0295; error 4.7e-18. */
  static final double LOG_0 = 0.666666666666667;

  static final double LOG_1 = 0.3999999999989889;
  static final double LOG_2 = 0.28571428626253836;
  static final double LOG_3 = 0.22222211089379496;
  static final double LOG_4 = 0.1818289243253687;
  static final double LOG_5 = 0.15331611722055008;
  static final double LOG_6 = 0.14617807153417325;

  /**
   * Mills ratio R(z) = (1-N(z))/n(z) = P(z)/Q(z) on z >= 0, relative error 1.0e-16; all
   * coefficients positive, so nothing cancels.
   */
  static final double MILLS_P0 = 356235.28530760494;

  static final double MILLS_P1 = 552856.0046929325;
  static final double MILLS_P2 = 424363.8733827983;
  static final double MILLS_P3 = 206937.9181264858;
  static final double MILLS_P4 = 69963.06503376037;
  static final double MILLS_P5 = 16937.944991824854;
  static final double MILLS_P6 = 2936.181047862231;
  static final double MILLS_P7 = 352.65165191570185;
  static final double MILLS_P8 = 26.8333336169071;
  static final double MILLS_P9 = 0.9999999999976582;

  /** Denominator of the Mills ratio; the leading coefficient is 1. */
  static final double MILLS_Q0 = 284234.6341601418;

  static final double MILLS_Q1 = 667901.6967334723;
  static final double MILLS_Q2 = 729384.517612332;
  static final double MILLS_Q3 = 488721.8424553972;
  static final double MILLS_Q4 = 223180.6246231175;
  static final double MILLS_Q5 = 72845.57635437761;
  static final double MILLS_Q6 = 17288.596752660196;
  static final double MILLS_Q7 = 2963.0143786818594;
  static final double MILLS_Q8 = 353.6516519641675;
  static final double MILLS_Q9 = 26.83333361640428;

  /** Mills ratio in w = z + 1/2, relative error 2e-19 on z >= -1/2. */
  static final double SHIFT_P0 = 8641104.18303341;

  static final double SHIFT_P1 = 14736183.990787117;
  static final double SHIFT_P2 = 12849457.035719844;
  static final double SHIFT_P3 = 7358829.177944486;
  static final double SHIFT_P4 = 3033259.834680641;
  static final double SHIFT_P5 = 937750.3320560241;
  static final double SHIFT_P6 = 221075.5943591681;
  static final double SHIFT_P7 = 39715.35258158922;
  static final double SHIFT_P8 = 5337.752522503619;
  static final double SHIFT_P9 = 513.4728738275227;
  static final double SHIFT_P10 = 32.07691196943469;
  static final double SHIFT_P11 = 0.9999999999999355;

  /** Denominator in w; the leading coefficient is 1. */
  static final double SHIFT_Q0 = 4399708.354664296;

  static final double SHIFT_Q1 = 11943093.425800957;
  static final double SHIFT_Q2 = 15285075.386495454;
  static final double SHIFT_Q3 = 12218893.626277082;
  static final double SHIFT_Q4 = 6809953.04747688;
  static final double SHIFT_Q5 = 2794749.553574728;
  static final double SHIFT_Q6 = 868613.0348325439;
  static final double SHIFT_Q7 = 206753.3971703828;
  static final double SHIFT_Q8 = 37574.23765733646;
  static final double SHIFT_Q9 = 5113.592997414649;
  static final double SHIFT_Q10 = 498.43441784480166;
  static final double SHIFT_Q11 = 31.576911969417935;

  /**
   * R(a) - R(b) = (b - a) B(a, b) / (Q(a) Q(b)): the bilinear form B of the shifted rational, in
   * the symmetric functions e1 = a + b (columns) and e2 = a b (rows), a and b shifted by 1/2. It
   * gives the difference of two Mills ratios, which is the price of an option, without
   * cancellation.
   */
  static final double DIFF_0_0 = 38366602739911.15;

  static final double DIFF_0_1 = 75546065387270.38;
  static final double DIFF_0_2 = 73208030611313.42;
  static final double DIFF_0_3 = 45500055128301.53;
  static final double DIFF_0_4 = 20023894087389.23;
  static final double DIFF_0_5 = 6533107589214.434;
  static final double DIFF_0_6 = 1611841676583.7065;
  static final double DIFF_0_7 = 301198347826.7119;
  static final double DIFF_0_8 = 41927958947.41764;
  static final double DIFF_0_9 = 4165894675.4227853;
  static final double DIFF_0_10 = 268459677.75155103;
  static final double DIFF_0_11 = 8641104.18303341;
  static final double DIFF_1_0 = -1426613251282.4106;
  static final double DIFF_1_1 = 1172570007370.9648;
  static final double DIFF_1_2 = 4054533223752.5977;
  static final double DIFF_1_3 = 3851873446968.6475;
  static final double DIFF_1_4 = 2100506637573.7942;
  static final double DIFF_1_5 = 765241848142.2286;
  static final double DIFF_1_6 = 196455889740.083;
  static final double DIFF_1_7 = 35895235356.78397;
  static final double DIFF_1_8 = 4545786632.475752;
  static final double DIFF_1_9 = 366969049.38609636;
  static final double DIFF_1_10 = 14736183.990787117;
  static final double DIFF_2_0 = 423568535123.5031;
  static final double DIFF_2_1 = 771309018891.7867;
  static final double DIFF_2_2 = 769334793093.4628;
  static final double DIFF_2_3 = 504304483709.94104;
  static final double DIFF_2_4 = 228778108070.34845;
  static final double DIFF_2_5 = 73370034349.82828;
  static final double DIFF_2_6 = 16641826784.428682;
  static final double DIFF_2_7 = 2598352640.4597816;
  static final double DIFF_2_8 = 257835442.36816487;
  static final double DIFF_2_9 = 12849457.035719844;
  static final double DIFF_3_0 = 20645474223.693882;
  static final double DIFF_3_1 = 56217926789.470856;
  static final double DIFF_3_2 = 62255591828.49097;
  static final double DIFF_3_3 = 40208886397.44785;
  static final double DIFF_3_4 = 17021623732.939312;
  static final double DIFF_3_5 = 4907185291.9132595;
  static final double DIFF_3_6 = 955334825.8594203;
  static final double DIFF_3_7 = 117354551.23790213;
  static final double DIFF_3_8 = 7358829.177944486;
  static final double DIFF_4_0 = 2083155359.046712;
  static final double DIFF_4_1 = 4445797001.862803;
  static final double DIFF_4_2 = 4392380010.447225;
  static final double DIFF_4_3 = 2576607152.619446;
  static final double DIFF_4_4 = 975533312.0741601;
  static final double DIFF_4_5 = 242376188.05931666;
  static final double DIFF_4_6 = 37459221.48699395;
  static final double DIFF_4_7 = 3033259.834680641;
  static final double DIFF_5_0 = 130162482.16121356;
  static final double DIFF_5_1 = 269199395.15951896;
  static final double DIFF_5_2 = 247310046.12314075;
  static final double DIFF_5_3 = 131003039.14029627;
  static final double DIFF_5_4 = 43287414.441620864;
  static final double DIFF_5_5 = 8616951.122967115;
  static final double DIFF_5_6 = 937750.3320560241;
  static final double DIFF_6_0 = 7190509.544877626;
  static final double DIFF_6_1 = 13777573.523319973;
  static final double DIFF_6_2 = 11438926.284557462;
  static final double DIFF_6_3 = 5395819.142881025;
  static final double DIFF_6_4 = 1423519.8865535916;
  static final double DIFF_6_5 = 221075.5943591681;
  static final double DIFF_7_0 = 342158.1691491709;
  static final double DIFF_7_1 = 583856.2462621853;
  static final double DIFF_7_2 = 453175.4749245345;
  static final double DIFF_7_3 = 163032.4176961961;
  static final double DIFF_7_4 = 39715.35258158922;
  static final double DIFF_8_0 = 12775.220904172213;
  static final double DIFF_8_1 = 23811.250312480446;
  static final double DIFF_8_2 = 11829.446115533601;
  static final double DIFF_8_3 = 5337.752522503619;
  static final double DIFF_9_0 = 644.129241019149;
  static final double DIFF_9_1 = 424.78969311416955;
  static final double DIFF_9_2 = 513.4728738275227;
  static final double DIFF_10_0 = 0.9825338373154999;
  static final double DIFF_10_1 = 32.07691196943469;
  static final double DIFF_11_0 = 0.9999999999999355;

  /** Shifted arguments are taken at most here; the density is zero in double well before. */
  static final double SHIFT_MAX = 64.5;

  /**
   * First guess of implied volatility: with g the inverse of the normal (Bachelier) model's price
   * in units of the distance, (g/L)^2 as a rational in L = ln(1 + distance/price), error 2e-3.
   */
  static final double GUESS_P0 = 135.60382581918883;

  static final double GUESS_P1 = 20.321931640519272;
  static final double GUESS_P2 = 1.9889217308717671;
  static final double GUESS_Q0 = 852.22104473095025;
  static final double GUESS_Q1 = 126.73207998669172;
  static final double GUESS_Q2 = 19.368927499607912;

  /** Bends the guess towards ln(complement) = -variance/8 near the upper bound. */
  static final double GUESS_TAIL = 0.2;

  /** Largest relative logarithmic step of the solver. */
  static final double STEP_MAX = 1.0;

  static final double SIXTH = 1.0 / 6.0;
  static final double LOG_INV_SQRT_2PI = -0.9189385332046728;

  private Coefficients() {}
}
