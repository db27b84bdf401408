package io.github.recurrentzoo.benchmarks;

/** How much time a number gets. */
enum Pace {
  FULL(0, 2000, 700),
  /** A step that takes two milliseconds is compiled well after some hundred calls only. */
  QUICK(500, 100, 400);

  /** A library that takes this long for the calls is warm after fewer. */
  private static final int MOST_MILLIS_FOR_CALLS = 5_000;

  private final int warmUpCalls;
  private final int warmUpMillis;
  private final int measuredMillis;

  Pace(int warmUpCalls, int warmUpMillis, int measuredMillis) {
    this.warmUpCalls = warmUpCalls;
    this.warmUpMillis = warmUpMillis;
    this.measuredMillis = measuredMillis;
  }

  /** Does the work as often as it takes to be warm, before JMH begins. */
  void warmUp(Runnable work) {
    long end = System.nanoTime() + MOST_MILLIS_FOR_CALLS * 1_000_000L;
    for (int i = 0; i < warmUpCalls && System.nanoTime() < end; i++) {
      work.run();
    }
  }

  int warmUpMillis() {
    return warmUpMillis;
  }

  int measuredMillis() {
    return measuredMillis;
  }
}
