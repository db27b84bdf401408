package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WordVectorsTest {
  private static final int DIMENSION = 7;

  private static Map<String, float[]> vectors() {
    Random random = new Random(3);
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (String word : List.of("the", "wörter", "zero", "日本")) {
      float[] vector = new float[DIMENSION];
      for (int d = 0; d < DIMENSION && !word.equals("zero"); d++) {
        vector[d] = (float) (4 * random.nextGaussian());
      }
      vectors.put(word, vector);
    }
    return vectors;
  }

  @Test
  void numbersAreExactToHalfAStep() {
    Map<String, float[]> vectors = vectors();
    WordVectors rounded = WordVectors.of(vectors, DIMENSION);
    assertEquals(List.copyOf(vectors.keySet()), rounded.words());
    for (int w = 0; w < vectors.size(); w++) {
      float[] exact = vectors.get(rounded.words().get(w));
      float largest = 0;
      for (float number : exact) {
        largest = Math.max(largest, Math.abs(number));
      }
      assertArrayEquals(exact, rounded.vector(w), largest / 127 * 0.501f);
    }
  }

  @Test
  void aFileHoldsTheSame() {
    WordVectors written = WordVectors.of(vectors(), DIMENSION);
    WordVectors read = WordVectors.read("a file", written.toBytes());
    assertEquals(written.words(), read.words());
    assertEquals(DIMENSION, read.dimension());
    for (int w = 0; w < written.words().size(); w++) {
      assertArrayEquals(written.vector(w), read.vector(w));
    }
    WordVectors fewer = read.without(Set.of("the", "zero", "other"));
    assertEquals(List.of("wörter", "日本"), fewer.words());
    assertArrayEquals(written.vector(3), fewer.vector(1));
  }

  private static void assertRefused(String expected, Consumer<ByteBuffer> change) {
    byte[] bytes = WordVectors.of(vectors(), DIMENSION).toBytes();
    change.accept(ByteBuffer.wrap(bytes));
    assertRefused(expected, bytes);
  }

  private static void assertRefused(String expected, byte[] bytes) {
    String message =
        assertThrows(ModelFileException.class, () -> WordVectors.read("a file", bytes))
            .getMessage();
    assertTrue(message.contains("a file") && message.contains(expected), message);
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertRefused("does not begin", new byte[0]);
    assertRefused("does not begin", bytes -> bytes.putInt(0, 1));
    assertRefused("version 2", bytes -> bytes.putInt(4, 2));
    assertRefused("-1 words", bytes -> bytes.putInt(8, -1));
    assertRefused("expected", bytes -> bytes.putInt(8, 5));
    assertRefused("dimensions", bytes -> bytes.putInt(12, Integer.MAX_VALUE));
    assertRefused("bytes of text", bytes -> bytes.putInt(16, -9));
    assertRefused("expected", bytes -> bytes.putInt(16, Integer.MAX_VALUE));
    assertRefused("not UTF-8", bytes -> bytes.put(20, (byte) 0xff));
    assertRefused("5 words; expected 4", bytes -> bytes.put(21, (byte) '\n'));
    byte[] good = WordVectors.of(vectors(), DIMENSION).toBytes();
    int scales = good.length - 4 * (4 + DIMENSION);
    assertRefused("NaN", bytes -> bytes.putFloat(scales, Float.NaN));
    assertRefused("-1.0", bytes -> bytes.putFloat(scales, -1));
    for (int length = 0; length < good.length; length++) {
      int cut = length;
      assertThrows(
          ModelFileException.class, () -> WordVectors.read("cut", Arrays.copyOf(good, cut)));
    }
  }
}
