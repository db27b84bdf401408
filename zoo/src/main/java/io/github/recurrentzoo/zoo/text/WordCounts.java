package io.github.recurrentzoo.zoo.text;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often each feature was seen in each class. Sparse: of feature i, entries {@code starts[i]} to
 * {@code starts[i + 1]} have a class and a count each. Immutable.
 */
final class WordCounts {
  private static final int SEVEN_BITS = 0x7f;

  private final int classes;
  private final long[] features; // ascending
  private final int[] starts;
  private final int[] classOf;
  private final int[] counts;
  private final long[] totals; // n_c

  private WordCounts(int classes, long[] features, int[] starts, int[] classOf, int[] counts) {
    this.classes = classes;
    this.features = features;
    this.starts = starts;
    this.classOf = classOf;
    this.counts = counts;
    totals = new long[classes];
    for (int i = 0; i < counts.length; i++) {
      totals[classOf[i]] += counts[i];
    }
  }

  /**
   * Counts the features of some texts.
   *
   * @param texts features of each text
   * @param classOf the class of each text
   * @param most how many features to keep, the most frequent ones
   */
  static WordCounts of(List<long[]> texts, int[] classOf, int classes, int most) {
    long[] all = texts.stream().flatMapToLong(LongStream::of).sorted().toArray();
    return of(texts, classOf, classes, frequent(all, most));
  }

  /** Counts of the same features in some of the texts, by themselves. */
  WordCounts part(List<long[]> texts, int[] classOf) {
    return of(texts, classOf, classes, features);
  }

  private static WordCounts of(List<long[]> texts, int[] classOf, int classes, long[] features) {
    long[] keys =
        IntStream.range(0, classOf.length)
            .boxed()
            .flatMapToLong(
                row ->
                    LongStream.of(texts.get(row))
                        .map(f -> Arrays.binarySearch(features, f))
                        .filter(i -> i >= 0)
                        .map(i -> i * classes + classOf[row]))
            .sorted()
            .toArray();
    int entries = (int) LongStream.of(keys).distinct().count();
    int[] starts = new int[features.length + 1];
    int[] entryClass = new int[entries];
    int[] counts = new int[entries];
    for (int k = 0, e = -1; k < keys.length; k++) {
      if (k == 0 || keys[k] != keys[k - 1]) {
        e++;
        entryClass[e] = (int) (keys[k] % classes);
        starts[(int) (keys[k] / classes) + 1]++;
      }
      counts[e]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return new WordCounts(classes, features, starts, entryClass, counts);
  }

  /** The most frequent ones of sorted features, each once, sorted. */
  private static long[] frequent(long[] all, int most) {
    long[] distinct = LongStream.of(all).distinct().toArray();
    if (distinct.length <= most) {
      return distinct;
    }
    int[] times = new int[distinct.length];
    for (int k = 0, i = 0; k < all.length; k++) {
      i += all[k] == distinct[i] ? 0 : 1;
      times[i]++;
    }
    return IntStream.range(0, distinct.length)
        .boxed()
        .sorted(Comparator.comparingInt(i -> -times[i]))
        .limit(most)
        .mapToLong(i -> distinct[i])
        .sorted()
        .toArray();
  }

  int classes() {
    return classes;
  }

  /**
   * sum_f log( (n_fc + a) / (n_c + a V) ) of each class, over the features that were counted.
   *
   * @param text features, each as often as it comes
   * @param without a {@link #part} that is to be left out; null for none
   * @param smoothing a
   */
  double[] scores(long[] text, WordCounts without, double smoothing) {
    double[] scores = new double[classes];
    int[] left = new int[classes];
    int known = 0;
    for (long feature : text) {
      int i = Arrays.binarySearch(features, feature);
      if (i < 0) {
        continue;
      }
      addTo(left, i, 1);
      if (without != null) {
        without.addTo(left, i, -1);
      }
      boolean counted = false;
      for (int e = starts[i]; e < starts[i + 1]; e++) {
        int c = classOf[e];
        scores[c] += left[c] == 0 ? 0 : Math.log1p(left[c] / smoothing);
        counted |= left[c] > 0;
        left[c] = 0;
      }
      known += counted ? 1 : 0;
    }
    for (int c = 0; c < classes; c++) {
      long total = totals[c] - (without == null ? 0 : without.totals[c]);
      scores[c] += known * Math.log(smoothing / (total + smoothing * features.length));
    }
    return scores;
  }

  private void addTo(int[] sums, int feature, int times) {
    for (int e = starts[feature]; e < starts[feature + 1]; e++) {
      sums[classOf[e]] += times * counts[e];
    }
  }

  byte[] featureBytes() {
    return NaiveBayesEvidence.bytes(features);
  }

  /** Of each feature the number of its entries, then class and count of each, 7 bits a byte. */
  byte[] countBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < features.length; i++) {
      write(bytes, starts[i + 1] - starts[i]);
      for (int e = starts[i]; e < starts[i + 1]; e++) {
        write(bytes, classOf[e]);
        write(bytes, counts[e]);
      }
    }
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream bytes, int number) {
    int rest = number;
    while (rest > SEVEN_BITS) {
      bytes.write((rest & SEVEN_BITS) | (SEVEN_BITS + 1));
      rest >>>= 7;
    }
    bytes.write(rest);
  }

  /**
   * Reads what {@link #featureBytes} and {@link #countBytes} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static WordCounts of(int classes, byte[] featureBytes, byte[] countBytes) {
    if (classes < 2) {
      throw new IllegalArgumentException("%d classes".formatted(classes));
    }
    if (featureBytes.length % Long.BYTES != 0) {
      throw new IllegalArgumentException("%d bytes of features".formatted(featureBytes.length));
    }
    long[] features = new long[featureBytes.length / Long.BYTES];
    ByteBuffer.wrap(featureBytes).asLongBuffer().get(features);
    for (int i = 1; i < features.length; i++) {
      if (features[i] <= features[i - 1]) {
        throw new IllegalArgumentException("feature %d is not behind the one before".formatted(i));
      }
    }
    int[] starts = new int[features.length + 1];
    int[] classOf = new int[countBytes.length];
    int[] counts = new int[countBytes.length];
    ByteBuffer bytes = ByteBuffer.wrap(countBytes);
    int entry = 0;
    try {
      for (int i = 0; i < features.length; i++) {
        for (int left = read(bytes); left > 0; left--, entry++) {
          classOf[entry] = read(bytes);
          counts[entry] = read(bytes);
          if (classOf[entry] >= classes || counts[entry] < 1) {
            throw new IllegalArgumentException(
                "evidence for class %d of %d, %d times"
                    .formatted(classOf[entry], classes, counts[entry]));
          }
        }
        starts[i + 1] = entry;
      }
    } catch (BufferUnderflowException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the counts of the evidence end too early", e);
    }
    return new WordCounts(
        classes, features, starts, Arrays.copyOf(classOf, entry), Arrays.copyOf(counts, entry));
  }

  private static int read(ByteBuffer bytes) {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      int next = bytes.get();
      number |= (next & SEVEN_BITS) << shift;
      if (next >= 0) {
        return number & Integer.MAX_VALUE;
      }
    }
  }
}
