package io.github.recurrentzoo.benchmarks;

/** How much time a number gets. */
enum Pace {
  FULL(2000, 700),
  QUICK(500, 400);

  private final int warmUpMillis;
  private final int measuredMillis;

  Pace(int warmUpMillis, int measuredMillis) {
    this.warmUpMillis = warmUpMillis;
    this.measuredMillis = measuredMillis;
  }

  int warmUpMillis() {
    return warmUpMillis;
  }

  int measuredMillis() {
    return measuredMillis;
  }
}
