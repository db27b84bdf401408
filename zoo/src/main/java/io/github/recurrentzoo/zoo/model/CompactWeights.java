package io.github.recurrentzoo.zoo.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The entry {@code weights-16.bin}, which stands in a compact model for {@code coefficients.bin}:
 * all weights in their order as {@link Float16}.
 *
 * <p>N weights are 2N bytes: first the high byte of each, then the low byte of each. Apart, the
 * high bytes (sign, exponent, two bits of the fraction), which are much alike, compress better.
 *
 * <p>Of a network with more than {@value #LARGE} weights the last {@value #ROUNDED_BITS} bits of a
 * fraction are rounded away: a weight is exact to 2^-6 of itself, and takes nine bits or so in the
 * compressed file in place of thirteen.
 */
final class CompactWeights {
  static final String ENTRY = "weights-16.bin";

  /** Networks with more weights are rounded further. */
  static final int LARGE = 100_000;

  /** So many of the ten bits of a fraction are zero then. */
  static final int ROUNDED_BITS = 5;

  private CompactWeights() {}

  static void write(INDArray weights, ZipOutputStream zip) throws IOException {
    float[] values = weights.dup('c').data().asFloat();
    byte[] bytes = new byte[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      short bits = Float16.of(values[i]);
      bits = values.length > LARGE ? rounded(bits) : bits;
      bytes[i] = (byte) (bits >> 8);
      bytes[values.length + i] = (byte) bits;
    }
    ModelFile.putEntry(zip, ENTRY, bytes);
  }

  /** To the nearest; a fraction that is rounded up to 1 carries into the exponent. */
  private static short rounded(short bits) {
    int up = (bits & 0xffff) + (1 << (ROUNDED_BITS - 1));
    short near = (short) (up & -(1 << ROUNDED_BITS));
    return Float.isFinite(Float16.toFloat(near)) ? near : bits;
  }

  /** The weights as floats, [1, N]. */
  static INDArray read(InputStream in, long size) throws IOException {
    if (size <= 0 || size % 2 != 0) {
      throw new DamagedEntryException(
          "the entry %s has %d bytes, not two for each weight".formatted(ENTRY, size));
    }
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    float[] values = new float[bytes.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float16.toFloat((short) ((bytes[i] << 8) | (bytes[values.length + i] & 0xff)));
      if (!Float.isFinite(values[i])) {
        throw new DamagedEntryException("a weight is " + values[i]);
      }
    }
    return Nd4j.create(values, 1, values.length);
  }
}
