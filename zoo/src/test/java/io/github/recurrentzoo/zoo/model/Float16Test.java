package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Float16Test {

  @ParameterizedTest
  @CsvSource({
    "0000, 0",
    "3c00, 1",
    "bc00, -1",
    "4000, 2",
    "3555, 0.333251953125",
    "7bff, 65504",
    "fbff, -65504",
    "0400, 6.103515625E-5",
    "03ff, 6.097555160522461E-5",
    "0001, 5.960464477539063E-8"
  })
  void patternsOfTheStandard(String bits, float value) {
    short pattern = (short) Integer.parseInt(bits, 16);
    assertEquals(value, Float16.toFloat(pattern));
    assertEquals(pattern, Float16.of(value));
  }

  @Test
  void eachPatternComesBackFromItsFloat() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = Float16.toFloat((short) bits);
      if (Float.isFinite(value)) {
        assertEquals((short) bits, Float16.of(value), Integer.toHexString(bits));
      }
    }
  }

  @Test
  void theNearestNumberIsTaken() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(40) - 26));
      if (Math.abs(value) > Float16.MAX) {
        continue;
      }
      int bits = Float16.of(value) & 0xffff;
      double error = Math.abs(Float16.toFloat((short) bits) - (double) value);
      for (int other : new int[] {bits - 1, bits + 1}) {
        float neighbour = Float16.toFloat((short) other);
        assertTrue(
            !Float.isFinite(neighbour) || error <= Math.abs(neighbour - (double) value),
            () -> value + " became " + Float16.toFloat((short) bits));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2049, 2048",
    "2051, 2052",
    "8.940696716308594E-8, 1.1920928955078125E-7",
    "2.9802322387695312E-8, 0"
  })
  void ofTwoAsNearTheEvenOne(float value, float expected) {
    assertEquals(expected, Float16.toFloat(Float16.of(value)));
    assertEquals(-expected, Float16.toFloat(Float16.of(-value)));
  }

  @ParameterizedTest
  @ValueSource(floats = {65505, -1e6f, Float.NaN, Float.POSITIVE_INFINITY})
  void whatDoesNotFitIsRefused(float value) {
    assertThrows(IllegalArgumentException.class, () -> Float16.of(value));
  }
}
