package io.github.recurrentzoo.spark;

import java.io.Serializable;

/** What became of a network that was trained on a piece of the rows. */
final class PieceResult implements Serializable {
  private static final long serialVersionUID = 1;

  private final NetworkState state;
  private final int rows;
  private final double loss;
  private final double metric;

  /**
   * A result.
   *
   * @param state of the network
   * @param rows of the piece
   * @param loss the mean over them
   * @param metric the mean over them
   */
  PieceResult(NetworkState state, int rows, double loss, double metric) {
    this.state = state;
    this.rows = rows;
    this.loss = loss;
    this.metric = metric;
  }

  NetworkState state() {
    return state;
  }

  int rows() {
    return rows;
  }

  double loss() {
    return loss;
  }

  double metric() {
    return metric;
  }
}
