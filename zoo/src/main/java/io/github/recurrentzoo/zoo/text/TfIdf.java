package io.github.recurrentzoo.zoo.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The features of training texts, and how much each weighs: 1 + ln((1 + N) / (1 + N_f)), for N
 * texts of which N_f have it.
 */
final class TfIdf {
  private final long[] features; // ascending
  private final float[] idf;

  private TfIdf(long[] features, float[] idf) {
    this.features = features;
    this.idf = idf;
  }

  long[] features() {
    return features;
  }

  float[] idf() {
    return idf;
  }

  /**
   * Counts the texts that have a feature.
   *
   * @param texts features of each
   * @param most how many features to keep, those of the most texts
   */
  static TfIdf of(List<long[]> texts, int most) {
    long[] all =
        texts.stream().flatMapToLong(text -> LongStream.of(text).distinct()).sorted().toArray();
    long[] distinct = LongStream.of(all).distinct().toArray();
    int[] times = new int[distinct.length];
    for (int k = 0, i = 0; k < all.length; k++) {
      i += all[k] == distinct[i] ? 0 : 1;
      times[i]++;
    }
    int[] kept =
        IntStream.range(0, distinct.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -times[i]))
            .limit(most)
            .mapToInt(i -> i)
            .sorted()
            .toArray();
    long[] features = new long[kept.length];
    float[] idf = new float[kept.length];
    for (int i = 0; i < kept.length; i++) {
      features[i] = distinct[kept[i]];
      idf[i] = (float) (1 + Math.log((1.0 + texts.size()) / (1 + times[kept[i]])));
    }
    return new TfIdf(features, idf);
  }

  Row row(long[] text) {
    return row(text, features, idf);
  }

  /**
   * The features of a text that are known, each once, weighted, with a norm of 1.
   *
   * @param text its features, each as often as it comes
   */
  static Row row(long[] text, long[] features, float[] idf) {
    long[] known = // feature and place
        IntStream.range(0, text.length)
            .mapToLong(
                place -> (long) Arrays.binarySearch(features, text[place]) << Integer.SIZE | place)
            .filter(key -> key >= 0)
            .sorted()
            .toArray();
    int[] starts = new int[known.length + 1];
    int[] which = new int[known.length];
    double[] values = new double[known.length];
    int size = 0;
    double squares = 0;
    for (int from = 0, to; from < known.length; from = to) {
      int index = (int) (known[from] >>> Integer.SIZE);
      to = from + 1;
      while (to < known.length && (int) (known[to] >>> Integer.SIZE) == index) {
        to++;
      }
      which[size] = index;
      values[size] = (1 + Math.log(to - from)) * idf[index];
      squares += values[size] * values[size];
      size++;
      starts[size] = to;
    }
    double norm = Math.sqrt(squares);
    for (int i = 0; i < size; i++) {
      values[i] /= norm;
    }
    return new Row(Arrays.copyOf(which, size), Arrays.copyOf(values, size), known, starts);
  }

  /** A text. */
  static final class Row {
    private final int[] which; // ascending
    private final double[] values;
    private final long[] occurrences; // feature and place, ascending
    private final int[] starts; // of the i-th feature's

    private Row(int[] which, double[] values, long[] occurrences, int[] starts) {
      this.which = which;
      this.values = values;
      this.occurrences = occurrences;
      this.starts = starts;
    }

    /** The number of different features. */
    int size() {
      return which.length;
    }

    /** The number of the i-th feature. */
    int index(int i) {
      return which[i];
    }

    double value(int i) {
      return values[i];
    }

    /** Where it is among the text's features. */
    int[] places(int i) {
      return IntStream.range(starts[i], starts[i + 1]).map(o -> (int) occurrences[o]).toArray();
    }
  }
}
