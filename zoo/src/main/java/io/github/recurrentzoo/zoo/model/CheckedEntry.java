package io.github.recurrentzoo.zoo.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads one entry of a zip, bounded in size and with its checksum, which {@link ZipFile} does not
 * look at.
 */
final class CheckedEntry {

  /** Reads a value from an entry. */
  @FunctionalInterface
  interface Reading<T> {
    T from(InputStream in, long size) throws IOException;
  }

  private CheckedEntry() {}

  static <T> T read(ZipFile zip, String name, long maxBytes, Reading<T> reading)
      throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new DamagedEntryException("the entry %s is missing".formatted(name));
    }
    long size = entry.getSize();
    if (size < 0 || size > maxBytes) {
      throw new DamagedEntryException(
          "the entry %s has %d bytes, more than %d".formatted(name, size, maxBytes));
    }
    CRC32 crc = new CRC32();
    try (InputStream in =
        new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), crc), 1 << 16)) {
      T value = reading.from(in, size);
      if (in.read() >= 0 || crc.getValue() != entry.getCrc()) {
        throw new DamagedEntryException("the checksum of the entry %s is wrong".formatted(name));
      }
      return value;
    } catch (EOFException | ZipException e) {
      throw new DamagedEntryException("the entry %s cannot be read".formatted(name), e);
    }
  }
}
