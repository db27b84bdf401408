package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Refuses sequences that were sampled at several rates, which a network would take for others. */
final class SequenceRates {
  /** By what two sequences may differ in the time between their steps. */
  private static final double MOST = 1.5;

  private static final int FEWEST = 3;

  private SequenceRates() {}

  /**
   * Refuses a channel that has a value at every k-th step only, in all sequences alike: a sensor
   * that is slower than the others.
   */
  static void refuseSlowChannels(Path file, List<LabeledSequence> rows, List<String> names) {
    for (int c = 0; c < names.size(); c++) {
      int period = 0;
      boolean regular = true;
      for (LabeledSequence row : rows) {
        int last = -1;
        int found = 0;
        double[] values = row.values()[c];
        for (int t = 0; t < values.length && regular; t++) {
          if (!Double.isNaN(values[t])) {
            if (last >= 0) {
              period = period == 0 ? t - last : period;
              regular = t - last == period;
            }
            last = t;
            found++;
          }
        }
        regular &= found >= FEWEST;
      }
      if (regular && period > 1) {
        throw new DataException(
            "%s: the channel \"%s\" has a value at every %d. step only, in all sequences. Channels at several rates cannot be read together: resample them to one rate, or leave the channel out."
                .formatted(file, names.get(c), period));
      }
    }
  }

  /** Compares the usual time between steps of one sequence with that of the sequences before. */
  static final class Steps {
    private String firstId = "";
    private double first;

    void add(Path file, String id, double[] times) {
      if (times.length < FEWEST) {
        return;
      }
      double[] between = new double[times.length - 1];
      for (int t = 0; t < between.length; t++) {
        between[t] = times[t + 1] - times[t];
      }
      Arrays.sort(between);
      double usual = between[between.length / 2];
      if (first == 0) {
        first = usual;
        firstId = id;
      } else if (usual > MOST * first || first > MOST * usual) {
        throw new DataException(
            "%s: the sequence \"%s\" has a step every %s, \"%s\" every %s. Sequences at several rates cannot be read together: resample them to one rate, or leave the time column out if the steps are meant to count."
                .formatted(file, firstId, first, id, usual));
      }
    }
  }
}
