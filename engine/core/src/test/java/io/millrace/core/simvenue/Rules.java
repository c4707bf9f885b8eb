package io.millrace.core.simvenue;

import io.millrace.core.order.Desk;

/** A venue's settings for tests: free, conservative, changed by name. */
final class Rules {
  long orderLatency = Desk.MILLI;
  long responseLatency = Desk.MILLI;
  long feedLatency;
  boolean zeroLatency;
  VenueLatency latency = VenueLatency.constant();
  FillTiming fill = FillTiming.TOUCH;
  FillSize size = FillSize.DISPLAYED;
  double slippageBps;
  double impactBps;
  double optionSpreadShare = 1;
  QueueModel queueModel = QueueModel.CONSERVATIVE;
  double queuePower = 3;
  long replenish = Desk.SECOND;
  double barParticipation = 0.5;
  int maxOrders = 16;
  int maxReports = 1024;

  double equityPerShare;
  double equityMinPerOrder;
  double equityMaxFraction;
  boolean equityMinOverMax;
  double equityMakerPerShare;
  double equityTakerPerShare;
  double optionPerContract;
  double optionLowPremium;
  double optionLowPerContract;
  double optionTinyPremium;
  double optionTinyPerContract;
  double optionMinPerOrder;
  double saleBps;
  double futurePerContract;
  double perpetualMakerBps;
  double perpetualTakerBps;
  double spotMakerBps;
  double spotTakerBps;
  double commissionBps;
  double minPerOrder;
  double step;

  /** Without latency, nothing taken is remembered. */
  static Rules instant() {
    final Rules rules = new Rules();
    rules.orderLatency = 0;
    rules.responseLatency = 0;
    rules.zeroLatency = true;
    rules.replenish = 0;
    rules.barParticipation = 0.1;
    return rules;
  }

  /** What the shipped config charges. */
  Rules shippedFees() {
    equityPerShare = 0.005;
    equityMinPerOrder = 1;
    equityMaxFraction = 0.01;
    optionPerContract = 0.65;
    futurePerContract = 2.25;
    perpetualMakerBps = 2;
    perpetualTakerBps = 5;
    spotMakerBps = 2;
    spotTakerBps = 5;
    return this;
  }

  VenueConfig config() {
    return new VenueConfig(
        orderLatency,
        responseLatency,
        feedLatency,
        zeroLatency,
        latency,
        fill,
        size,
        slippageBps,
        impactBps,
        optionSpreadShare,
        queueModel,
        queuePower,
        replenish,
        barParticipation,
        maxOrders,
        maxReports,
        fees());
  }

  VenueFees fees() {
    return new VenueFees(
        equityPerShare,
        equityMinPerOrder,
        equityMaxFraction,
        equityMinOverMax,
        equityMakerPerShare,
        equityTakerPerShare,
        optionPerContract,
        optionLowPremium,
        optionLowPerContract,
        optionTinyPremium,
        optionTinyPerContract,
        optionMinPerOrder,
        saleBps,
        futurePerContract,
        perpetualMakerBps,
        perpetualTakerBps,
        spotMakerBps,
        spotTakerBps,
        commissionBps,
        minPerOrder,
        step);
  }

  Floor floor() {
    return new Floor(config());
  }
}
