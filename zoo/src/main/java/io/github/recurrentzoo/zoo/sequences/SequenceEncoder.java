package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.series.Scaler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scales the values of each channel, and marks those that are missing.
 *
 * @param scalers one for each channel
 * @param missing whether values may be missing: then a step has 2D numbers, of which the second
 *     half are 1 where the value is missing; that value is 0
 */
record SequenceEncoder(List<Scaler> scalers, boolean missing) {

  /** Keeps a copy of the list. */
  SequenceEncoder {
    scalers = List.copyOf(scalers);
  }

  /**
   * Fits scalers to the values that are there.
   *
   * @param missing whether values may be missing, here or later
   */
  static SequenceEncoder fit(List<LabeledSequence> rows, boolean missing) {
    int channels = rows.get(0).width();
    List<Scaler> scalers = new ArrayList<>();
    boolean changes = false;
    for (int c = 0; c < channels; c++) {
      int channel = c;
      double[] present =
          rows.stream()
              .flatMapToDouble(row -> Arrays.stream(row.values()[channel]))
              .filter(value -> !Double.isNaN(value))
              .toArray();
      if (present.length == 0) {
        throw new DataException(
            "Channel %d has no value in the %d sequences to learn from; expected some. Leave the channel out."
                .formatted(c + 1, rows.size()));
      }
      Scaler scaler = Scaler.fitOrIgnore("Channel " + (c + 1), present);
      changes |= !scaler.ignores();
      scalers.add(scaler);
    }
    if (!changes && !missing) {
      throw new DataException(
          "All values of the %d sequences to learn from are the same in each channel, so there is nothing to learn from. Check that the right columns were taken for the channels."
              .formatted(rows.size()));
    }
    return new SequenceEncoder(scalers, missing);
  }

  /** The number of channels, D. */
  int channels() {
    return scalers.size();
  }

  /** The numbers of a step, S. */
  int size() {
    return missing ? 2 * channels() : channels();
  }

  /**
   * The numbers of a sequence, [T][S] in one array.
   *
   * @param id for messages; may be empty
   * @throws DataException if it has another number of channels, or a missing value where there may
   *     be none
   */
  float[] encode(String id, double[][] values) {
    checkChannels(id, values.length);
    int steps = values[0].length;
    float[] numbers = new float[steps * size()];
    double[] step = new double[values.length];
    for (int t = 0; t < steps; t++) {
      for (int c = 0; c < step.length; c++) {
        step[c] = values[c][t];
      }
      encodeStep(id, t, step, numbers, t * size());
    }
    return numbers;
  }

  void checkChannels(String id, int channels) {
    if (channels != channels()) {
      throw new DataException(
          "The sequence%s has %d channels, but the classifier has learned from %d; expected the same ones in the same order."
              .formatted(LabeledSequence.quoted(id), channels, channels()));
    }
  }

  /** Writes the numbers of a step. */
  void encodeStep(String id, int t, double[] step, float[] numbers, int at) {
    for (int c = 0; c < step.length; c++) {
      double value = step[c];
      if (Double.isNaN(value)) {
        if (!missing) {
          throw new DataException(
              "The sequence%s has no value in channel %d at step %d, but no value was missing in the rows that the classifier has learned from, so it cannot know what to make of that. Give a value, or train on rows of which some lack values, too."
                  .formatted(LabeledSequence.quoted(id), c + 1, t + 1));
        }
        numbers[at + step.length + c] = 1;
      } else {
        numbers[at + c] = (float) scalers.get(c).scale(value);
      }
    }
  }

  List<float[]> encode(List<LabeledSequence> rows) {
    return rows.stream().map(row -> encode(row.id(), row.values())).toList();
  }
}
