package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sequence of numbers in D channels over T steps, and the class that it is of. NaN stands for a
 * value that is missing.
 */
public final class LabeledSequence {
  private static final String NONE = "";

  private final String id;
  private final double[][] channels;
  private final String label;
  private final String group;

  /**
   * A sequence.
   *
   * @param channels [D][T], one channel with one step at least, all of the same length; copied
   * @param label its class, not blank
   * @throws DataException if a channel has another number of steps than the first one, or none, a
   *     value is infinite, or the label is blank
   */
  public LabeledSequence(double[][] channels, String label) {
    this(NONE, channels, label, null);
  }

  /**
   * As {@link #LabeledSequence(double[][], String)}, with a name.
   *
   * @param id for messages and reports; may be empty
   * @param group what it belongs to together with others, such as a person; null for nothing. See
   *     {@link SequenceSplit}
   */
  public LabeledSequence(String id, double[][] channels, String label, String group) {
    this(Require.notNull("id", id), checked(id, label), group, copy(id, channels));
  }

  private LabeledSequence(String id, String label, String group, double[][] channels) {
    this.id = id;
    this.channels = channels;
    this.label = label;
    this.group = group;
  }

  /** A sequence whose class is not known; its label is empty. */
  static LabeledSequence unlabeled(String id, double[][] channels) {
    return new LabeledSequence(id, NONE, null, copy(id, channels));
  }

  private static String checked(String id, String label) {
    if (label == null || label.isBlank()) {
      throw new DataException(
          "The sequence%s has no label; expected the class that it is of. Write one, or leave the sequence out."
              .formatted(quoted(id)));
    }
    return label;
  }

  /** A copy of channels that make a sequence. */
  static double[][] copy(String id, double[][] channels) {
    if (channels == null || channels.length == 0 || channels[0].length == 0) {
      throw new DataException(
          "The sequence%s has no values; expected one channel with one step at least."
              .formatted(quoted(id)));
    }
    double[][] copy = new double[channels.length][];
    for (int c = 0; c < copy.length; c++) {
      if (channels[c].length != channels[0].length) {
        throw new DataException(
            "The sequence%s has %d steps in channel 1 and %d in channel %d; expected a value of each channel at each step. Channels at several rates cannot be read together: resample them to one rate, or leave channel %d out."
                .formatted(quoted(id), channels[0].length, channels[c].length, c + 1, c + 1));
      }
      for (int t = 0; t < channels[c].length; t++) {
        if (Double.isInfinite(channels[c][t])) {
          throw new DataException(
              "The sequence%s has an infinite value in channel %d at step %d; expected a number, or NaN for a missing one."
                  .formatted(quoted(id), c + 1, t + 1));
        }
      }
      copy[c] = channels[c].clone();
    }
    return copy;
  }

  static String quoted(String id) {
    return id.isEmpty() ? "" : " \"" + id + "\"";
  }

  /** Its name; empty if it has none. */
  public String id() {
    return id;
  }

  /** A copy of the values, [D][T]. */
  public double[][] channels() {
    return Stream.of(channels).map(double[]::clone).toArray(double[][]::new);
  }

  /** The values themselves; not to be changed. */
  double[][] values() {
    return channels;
  }

  /** Its class; empty for one that {@link LabeledSequenceReader#readUnlabeled} read. */
  public String label() {
    return label;
  }

  /** What it belongs to together with others; empty for nothing. */
  public Optional<String> group() {
    return Optional.ofNullable(group);
  }

  /** The number of channels, D. */
  public int width() {
    return channels.length;
  }

  /** The number of steps, T. */
  public int length() {
    return channels[0].length;
  }

  /** Whether a value is missing. */
  boolean hasMissing() {
    return Stream.of(channels).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabeledSequence that
        && id.equals(that.id)
        && label.equals(that.label)
        && Objects.equals(group, that.group)
        && Arrays.deepEquals(channels, that.channels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, label, group, Arrays.deepHashCode(channels));
  }

  @Override
  public String toString() {
    return "LabeledSequence%s of %d channels and %d steps, label %s"
        .formatted(quoted(id), width(), length(), label);
  }
}
