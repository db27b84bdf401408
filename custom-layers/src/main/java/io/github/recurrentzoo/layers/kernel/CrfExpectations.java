package io.github.recurrentzoo.layers.kernel;

/** What a linear-chain CRF expects of the labels of a row, before it is told. */
public final class CrfExpectations {

  private final double logPartition;
  private final double[][] states;
  private final double[][] pairs;

  /** Arrays are not copied. */
  public CrfExpectations(double logPartition, double[][] states, double[][] pairs) {
    this.logPartition = logPartition;
    this.states = states;
    this.pairs = pairs;
  }

  /** Log of the sum of exp s(y) over all y. */
  public double logPartition() {
    return logPartition;
  }

  /** The probability of each label at each step, [T][C]. */
  public double[][] states() {
    return states;
  }

  /** Of label i followed by label j: how often it is expected in the row, [C][C]. */
  public double[][] pairs() {
    return pairs;
  }
}
