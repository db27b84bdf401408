package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.series.Scaler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The baseline: a sequence gets the label of the nearest one of the training rows.
 *
 * <p>Up to {@value #MOST_WARPED} training rows, the distance is that of dynamic time warping (DTW)
 * within a band of a tenth of the longer sequence (Sakoe and Chiba 1978), the benchmark of the UCR
 * archive; for more rows, or where DTW would take minutes, it is Euclidean, after sequences were
 * brought to one length. Channels are scaled as for a network; all of them are warped together.
 * Where a value is missing, it adds nothing.
 */
public final class NearestNeighbor {
  private static final int MOST_WARPED = 1_000;
  private static final double MOST_CELLS = 2e10; // of the distances to all asked rows
  private static final int LONGEST = 512; // of sequences brought to one length

  private final List<Scaler> scalers;
  private final List<String> labels;
  private final List<double[][]> sequences; // [T][D]
  private final boolean warped;
  private final int length; // that sequences are brought to, where they are not warped

  private NearestNeighbor(List<LabeledSequence> rows, boolean warped) {
    this.scalers = SequenceEncoder.fit(rows, true).scalers();
    this.labels = rows.stream().map(LabeledSequence::label).toList();
    this.warped = warped;
    int[] lengths = rows.stream().mapToInt(LabeledSequence::length).sorted().toArray();
    this.length = Math.min(lengths[lengths.length / 2], LONGEST);
    this.sequences = rows.stream().map(this::prepared).toList();
  }

  /**
   * Learns the rows by heart.
   *
   * @param rows those that a classifier has learned from
   * @throws io.github.recurrentzoo.zoo.data.DataException if there is nothing to tell them apart by
   */
  public static NearestNeighbor train(List<LabeledSequence> rows) {
    double mean = rows.stream().mapToInt(LabeledSequence::length).average().orElse(0);
    double cells = (double) rows.size() * rows.size() * mean * mean * 2 * WarpedDistance.BAND;
    return new NearestNeighbor(rows, rows.size() <= MOST_WARPED && cells <= MOST_CELLS);
  }

  /** Such as "1-nearest neighbor (DTW, band 10 %)". */
  public String name() {
    return "1-nearest neighbor (%s)".formatted(warped ? "DTW, band 10 %" : "Euclidean");
  }

  /** The labels of the nearest rows. */
  public List<String> predict(List<LabeledSequence> rows) {
    String[] answers = new String[rows.size()];
    IntStream.range(0, answers.length)
        .parallel()
        .forEach(i -> answers[i] = labels.get(nearest(prepared(rows.get(i)))));
    return List.of(answers);
  }

  private int nearest(double[][] asked) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < sequences.size(); i++) {
      double distance =
          warped
              ? WarpedDistance.of(asked, sequences.get(i), least)
              : euclidean(asked, sequences.get(i));
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  private static double euclidean(double[][] a, double[][] b) {
    double sum = 0;
    for (int t = 0; t < a.length; t++) {
      sum += WarpedDistance.squared(a[t], b[t]);
    }
    return sum;
  }

  /** Scaled, [T][D], brought to one length where steps are not warped. */
  private double[][] prepared(LabeledSequence row) {
    List<double[]> channels = new ArrayList<>();
    for (int c = 0; c < scalers.size(); c++) {
      Scaler scaler = scalers.get(c);
      channels.add(Arrays.stream(row.values()[c]).map(scaler::scale).toArray());
    }
    int steps = warped ? row.length() : length;
    double[][] prepared = new double[steps][channels.size()];
    for (int t = 0; t < steps; t++) {
      for (int c = 0; c < channels.size(); c++) {
        prepared[t][c] =
            warped ? channels.get(c)[t] : between(channels.get(c), place(t, steps, row.length()));
      }
    }
    return prepared;
  }

  private static double place(int t, int steps, int length) {
    return steps == 1 ? 0 : (double) t * (length - 1) / (steps - 1);
  }

  /** The value at a place between two steps, on a straight line. */
  private static double between(double[] values, double place) {
    int before = (int) place;
    double share = place - before;
    return share == 0 ? values[before] : (1 - share) * values[before] + share * values[before + 1];
  }
}
