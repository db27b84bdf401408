package io.github.recurrentzoo.zoo.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * SHA-256 over rows: of each part of a row, in their order, the number of its UTF-8 bytes (four
 * bytes, big-endian) and these bytes.
 */
public final class RowDigest {
  private static final int CHUNK = 1 << 13;

  private final MessageDigest digest;

  public RowDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  public RowDigest add(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /** Adds the numbers of an array, to the bit. */
  public RowDigest add(INDArray array) {
    double[] numbers = array.dup('c').data().asDouble();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Double.BYTES);
    for (int from = 0; from < numbers.length; from += CHUNK) {
      int count = Math.min(CHUNK, numbers.length - from);
      bytes.asDoubleBuffer().put(numbers, from, count);
      digest.update(bytes.array(), 0, count * Double.BYTES);
    }
    return this;
  }

  /** The digest of what was added so far, in hexadecimal. */
  String sha256() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Java's own SHA-256 can be copied", e);
    }
  }
}
