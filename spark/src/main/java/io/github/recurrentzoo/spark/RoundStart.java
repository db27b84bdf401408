package io.github.recurrentzoo.spark;

import java.io.Serializable;

/** What all workers begin a round with. No record, as Kryo of Spark 3.5 cannot read records. */
final class RoundStart implements Serializable {
  private static final long serialVersionUID = 1;

  private final String configuration;
  private final NetworkState state;
  private final int epoch;
  private final long seed;

  /**
   * A round.
   *
   * @param configuration of the network, as JSON
   * @param state its weights and the rest
   * @param epoch from 1
   * @param seed of what is left to chance in this round
   */
  RoundStart(String configuration, NetworkState state, int epoch, long seed) {
    this.configuration = configuration;
    this.state = state;
    this.epoch = epoch;
    this.seed = seed;
  }

  String configuration() {
    return configuration;
  }

  NetworkState state() {
    return state;
  }

  int epoch() {
    return epoch;
  }

  long seed() {
    return seed;
  }
}
