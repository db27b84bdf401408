package io.github.recurrentzoo.spark;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Numbers that depend on what a row holds, not on where or in which order it comes: they say
 * whether it validates, and with which rows it is trained. So a row that is read again, because an
 * executor was lost or a training goes on, gets to the same place.
 */
final class RowHash {
  private static final double UNIT = 0x1p-53;

  private final byte[] sha256;

  private RowHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  /** Of each part the number of its UTF-8 bytes (four bytes, big-endian) and these bytes. */
  static RowHash of(List<String> parts) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Each Java platform has SHA-256", e);
    }
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return new RowHash(digest.digest());
  }

  /** The digest as a number, which can be added to that of other rows. */
  BigInteger number() {
    return new BigInteger(1, sha256);
  }

  /** Uniform in [0, 1). */
  double draw(long seed) {
    return (mix(seed, ByteBuffer.wrap(sha256).getLong()) >>> 11) * UNIT;
  }

  /** Uniform over all numbers, and another number than {@link #draw}'s. */
  long place(long seed) {
    return mix(seed, ByteBuffer.wrap(sha256).getLong(Long.BYTES));
  }

  /** A number that depends on both in no simple way: SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long seed, long value) {
    long z = value + seed * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
