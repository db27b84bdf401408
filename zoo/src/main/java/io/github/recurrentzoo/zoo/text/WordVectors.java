package io.github.recurrentzoo.zoo.text;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Words with a vector each, at 8 bits a number: number d of a word's vector is s q_d, where q_d is
 * an integer from -127 to 127 and s = max_d |v_d| / 127 the scale of the word.
 *
 * <p>Measured on GloVe's 60,000 most frequent words, 100 dimensions: a scale per word leaves a
 * relative error of 0.65 %, and 99.1 % of the ten nearest neighbours of a word stay so; a scale per
 * dimension 1.2 % and 98.6 %.
 *
 * <p>In a file, big-endian: {@value #MAGIC} as an int, the version as an int, the number of words,
 * the dimension, the number of bytes of the words; the words in UTF-8, each ended by a line feed; a
 * scale as a float per word; the integers, a byte each, word by word.
 */
public final class WordVectors {
  static final int MAGIC = 0x525A5756; // "RZWV"
  static final int VERSION = 1;

  private static final int HEADER = 5 * Integer.BYTES;
  private static final int LARGEST = 127;
  private static final int MOST_DIMENSIONS = 10_000;

  private final List<String> words;
  private final int dimension;
  private final float[] scales;
  private final byte[] values;

  private WordVectors(List<String> words, int dimension, float[] scales, byte[] values) {
    this.words = words;
    this.dimension = dimension;
    this.scales = scales;
    this.values = values;
  }

  /** Rounds vectors, in the order of the map. */
  public static WordVectors of(Map<String, float[]> vectors, int dimension) {
    float[] scales = new float[vectors.size()];
    byte[] values = new byte[Math.multiplyExact(scales.length, dimension)];
    int w = 0;
    for (float[] vector : vectors.values()) {
      float largest = 0;
      for (float number : vector) {
        largest = Math.max(largest, Math.abs(number));
      }
      scales[w] = largest / LARGEST;
      for (int d = 0; d < dimension && largest > 0; d++) {
        values[w * dimension + d] = (byte) Math.round(vector[d] / scales[w]);
      }
      w++;
    }
    return new WordVectors(List.copyOf(vectors.keySet()), dimension, scales, values);
  }

  /** The words, in order. */
  public List<String> words() {
    return words;
  }

  /** The number of numbers of a vector. */
  public int dimension() {
    return dimension;
  }

  /** The vector of word i. */
  public float[] vector(int i) {
    float[] vector = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      vector[d] = scales[i] * values[i * dimension + d];
    }
    return vector;
  }

  /** The same without some words. */
  public WordVectors without(Set<String> others) {
    int[] kept =
        IntStream.range(0, words.size()).filter(i -> !others.contains(words.get(i))).toArray();
    float[] keptScales = new float[kept.length];
    byte[] keptValues = new byte[kept.length * dimension];
    List<String> keptWords = new ArrayList<>(kept.length);
    for (int i = 0; i < kept.length; i++) {
      keptWords.add(words.get(kept[i]));
      keptScales[i] = scales[kept[i]];
      System.arraycopy(values, kept[i] * dimension, keptValues, i * dimension, dimension);
    }
    return new WordVectors(List.copyOf(keptWords), dimension, keptScales, keptValues);
  }

  /** As a file holds it. */
  public byte[] toBytes() {
    byte[] text = (String.join("\n", words) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER + text.length + Float.BYTES * scales.length + values.length)
            .order(ByteOrder.BIG_ENDIAN);
    bytes.putInt(MAGIC).putInt(VERSION).putInt(words.size()).putInt(dimension).putInt(text.length);
    bytes.put(text);
    for (float scale : scales) {
      bytes.putFloat(scale);
    }
    return bytes.put(values).array();
  }

  /**
   * Reads what {@link #toBytes} wrote, and checks each part.
   *
   * @param file for the message
   * @throws ModelFileException if it is something else
   */
  public static WordVectors read(String file, byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.BIG_ENDIAN);
    if (content.length < HEADER || bytes.getInt() != MAGIC) {
      throw damaged(file, "it does not begin as such a file does");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw damaged(file, "it has version %d; expected %d".formatted(version, VERSION));
    }
    int size = bytes.getInt();
    int dimension = bytes.getInt();
    int text = bytes.getInt();
    if (size < 1 || dimension < 1 || dimension > MOST_DIMENSIONS || text < size) {
      throw damaged(
          file, "%d words, %d dimensions and %d bytes of text".formatted(size, dimension, text));
    }
    long expected = HEADER + text + ((long) Float.BYTES + dimension) * size;
    if (content.length != expected) {
      throw damaged(file, "it has %d bytes; expected %d".formatted(content.length, expected));
    }
    List<String> words = words(file, bytes.slice(HEADER, text), size);
    bytes.position(HEADER + text);
    float[] scales = new float[size];
    for (int w = 0; w < size; w++) {
      scales[w] = bytes.getFloat();
      if (!(scales[w] >= 0 && scales[w] <= Float.MAX_VALUE / LARGEST)) {
        throw damaged(file, "the scale of word %d is %s".formatted(w + 1, scales[w]));
      }
    }
    byte[] values = new byte[size * dimension];
    bytes.get(values);
    return new WordVectors(words, dimension, scales, values);
  }

  private static List<String> words(String file, ByteBuffer text, int size) {
    String all;
    try {
      all = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw damaged(file, "its words are not UTF-8");
    }
    List<String> words = List.of(all.split("\n"));
    if (words.size() != size || !all.endsWith("\n")) {
      throw damaged(file, "it has %d words; expected %d".formatted(words.size(), size));
    }
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      if (word.isEmpty() || !seen.add(word)) {
        throw damaged(file, "the word \"%s\" is empty or comes twice".formatted(word));
      }
    }
    return words;
  }

  private static ModelFileException damaged(String file, String what) {
    return new ModelFileException(
        "The word vectors %s are damaged: %s. Get the file again from where it came."
            .formatted(file, what));
  }
}
