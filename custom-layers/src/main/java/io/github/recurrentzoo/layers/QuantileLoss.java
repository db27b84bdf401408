package io.github.recurrentzoo.layers;

import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The loss of a network that answers an estimate of a number and quantiles of its distribution. The
 * outputs are groups of {@code steps} columns each: an estimate, then one group for each level,
 * then the estimate of the next number ... Each group has the same labels y. With e = y - f, where
 * f is the output:
 *
 * <pre>
 * estimate            e^2, or |e|
 * quantile of level q  max(q e, (q - 1) e)          the pinball loss (Koenker and Bassett 1978)
 * </pre>
 *
 * <p>The loss of a row is the mean over its columns. Masks are [B, C] or [B, 1]; what is masked
 * counts as 0, as in Deeplearning4j's losses.
 */
public final class QuantileLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final double[] levels;
  private final int steps;
  private final boolean absolute;

  /**
   * A loss.
   *
   * @param levels of the quantiles, in (0, 1)
   * @param steps the columns of a group
   * @param absolute whether the estimate is one of the median, by the absolute error, and not of
   *     the mean
   */
  public QuantileLoss(
      @JsonProperty("levels") double[] levels,
      @JsonProperty("steps") int steps,
      @JsonProperty("absolute") boolean absolute) {
    this.levels = levels == null ? new double[0] : levels.clone();
    this.steps = steps;
    this.absolute = absolute;
    if (steps < 1 || Arrays.stream(this.levels).anyMatch(level -> !(level > 0 && level < 1))) {
      throw new IllegalArgumentException(
          "levels %s must be in (0, 1), and steps %d 1 at least"
              .formatted(Arrays.toString(levels), steps));
    }
  }

  /** The levels of the quantiles. */
  @JsonProperty("levels")
  public double[] levels() {
    return levels.clone();
  }

  /** The columns of a group. */
  @JsonProperty("steps")
  public int steps() {
    return steps;
  }

  /** Whether the estimate is one of the median. */
  @JsonProperty("absolute")
  public boolean isAbsolute() {
    return absolute;
  }

  /** The level of a column, or -1 for an estimate. */
  private double level(int column) {
    int group = column / steps % (levels.length + 1);
    return group == 0 ? -1 : levels[group - 1];
  }

  /**
   * The loss of one number.
   *
   * @param column of the output
   * @param error y - f
   */
  public double of(int column, double error) {
    double level = level(column);
    if (level >= 0) {
      return Math.max(level * error, (level - 1) * error);
    }
    return absolute ? Math.abs(error) : error * error;
  }

  /** The derivative of the loss of one number by the output. */
  private double slope(int column, double error) {
    double level = level(column);
    if (level >= 0) {
      return error > 0 ? -level : error < 0 ? 1 - level : 0;
    }
    return absolute ? -Math.signum(error) : -2 * error;
  }

  private interface PerNumber {
    double at(int column, double error);
  }

  /** Something of each number, divided by the number of columns, 0 where it is masked. */
  private static INDArray each(
      INDArray labels, INDArray output, INDArray mask, PerNumber function) {
    double[][] y = labels.toDoubleMatrix();
    double[][] f = output.toDoubleMatrix();
    double[][] counts = mask == null ? null : mask.toDoubleMatrix();
    for (int b = 0; b < f.length; b++) {
      for (int c = 0; c < f[b].length; c++) {
        double count = counts == null ? 1 : counts[b][counts[b].length == 1 ? 0 : c];
        f[b][c] = count * function.at(c, y[b][c] - f[b][c]) / f[b].length;
      }
    }
    return Nd4j.createFromArray(f).castTo(output.dataType());
  }

  private static INDArray activated(INDArray preOutput, IActivation activation) {
    return activation.getActivation(preOutput.dup(), true);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / preOutput.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return each(labels, activated(preOutput, activation), mask, this::of).sum(true, 1);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray slopes = each(labels, activated(preOutput, activation), mask, this::slope);
    return activation.backprop(preOutput, slopes).getFirst();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuantileLoss loss
        && Arrays.equals(levels, loss.levels)
        && steps == loss.steps
        && absolute == loss.absolute;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(levels) + 2 * steps + (absolute ? 1 : 0);
  }

  @Override
  public String toString() {
    return "QuantileLoss(levels=%s, steps=%d, absolute=%s)"
        .formatted(Arrays.toString(levels), steps, absolute);
  }
}
