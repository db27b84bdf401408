package io.github.recurrentzoo.zoo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over rows: of each part of a row, in their order, the number of its UTF-8 bytes (four
 * bytes, big-endian) and these bytes.
 */
final class RowDigest {
  private final MessageDigest digest;

  RowDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  RowDigest add(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /** The digest in hexadecimal; the object begins anew afterwards. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
