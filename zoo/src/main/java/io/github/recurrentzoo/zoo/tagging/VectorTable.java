package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.WordSegmenter;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/** Word vectors that a tagger reads and does not train. */
final class VectorTable {
  private static final String NOT = "n't";
  private static final WordSegmenter SEGMENTER = new WordSegmenter();

  private static SoftReference<VectorTable> last = new SoftReference<>(null);

  private final Map<String, float[]> vectors;
  private final int size;
  private final long checksum;

  private VectorTable(EmbeddingSource source) {
    vectors = source.vectors(Set.of(), Integer.MAX_VALUE);
    size = source.dimension();
    CRC32 crc = new CRC32();
    vectors.forEach(
        (word, vector) -> {
          crc.update(word.hashCode());
          for (float number : vector) {
            int bits = Float.floatToIntBits(number);
            crc.update(bits);
            crc.update(bits >>> 8);
            crc.update(bits >>> 16);
            crc.update(bits >>> 24);
          }
        });
    checksum = crc.getValue();
  }

  /**
   * The zoo's English vectors.
   *
   * @throws io.github.recurrentzoo.zoo.model.ModelFileException if they are not on the class path
   */
  static synchronized VectorTable english() {
    VectorTable read = last.get();
    if (read == null) {
      read = new VectorTable(EmbeddingSource.english());
      last = new SoftReference<>(read);
    }
    return read;
  }

  /** The number of numbers of a vector, D. */
  int size() {
    return size;
  }

  /** Tells these vectors from others: CRC-32 of words and numbers. */
  long checksum() {
    return checksum;
  }

  /**
   * The vector of a word; of one that is not there, the mean of its parts that are, as of
   * "well-known"; null if there are none.
   *
   * @param word in lower case
   */
  float[] vector(String word) {
    float[] whole = vectors.get(word);
    if (whole != null) {
      return whole;
    }
    List<float[]> parts = new ArrayList<>();
    for (String part : SEGMENTER.words(word)) {
      for (String stem : vectors.containsKey(part) ? List.of(part) : stems(part)) {
        float[] vector = vectors.get(stem);
        if (vector != null) {
          parts.add(vector);
        }
      }
    }
    return parts.isEmpty() ? null : mean(parts);
  }

  /** Of "don't" do and not, of "it's" it. */
  private static List<String> stems(String word) {
    if (word.endsWith(NOT) && word.length() > NOT.length()) {
      return List.of(word.substring(0, word.length() - NOT.length()), "not");
    }
    int apostrophe = word.indexOf('\'');
    return apostrophe > 0 ? List.of(word.substring(0, apostrophe)) : List.of();
  }

  private float[] mean(List<float[]> parts) {
    float[] mean = new float[size];
    for (float[] part : parts) {
      for (int d = 0; d < size; d++) {
        mean[d] += part[d] / parts.size();
      }
    }
    return mean;
  }
}
