package io.github.recurrentzoo.zoo.model;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The entries of a model, in a file or in memory. */
interface Archive {

  /** The names of all entries. */
  List<String> names();

  /**
   * Reads an entry, bounded in size and with its checksum.
   *
   * @throws DamagedEntryException if it is missing, larger, or not as it was written
   */
  <T> T read(String name, long maxBytes, CheckedEntry.Reading<T> reading) throws IOException;

  /** As {@link #read}, for the bytes. */
  default byte[] bytes(String name, long maxBytes) throws IOException {
    return read(
        name,
        maxBytes,
        (in, size) -> {
          byte[] bytes = in.readNBytes((int) size);
          if (bytes.length < size) {
            throw new EOFException();
          }
          return bytes;
        });
  }

  /** Whether there is such an entry. */
  default boolean has(String name) {
    return names().contains(name);
  }

  /** Entries that lie in a file, and are read when they are asked for. */
  static Archive of(ZipFile zip) {
    List<String> names = Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
    return new Archive() {
      @Override
      public List<String> names() {
        return names;
      }

      @Override
      public <T> T read(String name, long maxBytes, CheckedEntry.Reading<T> reading)
          throws IOException {
        return CheckedEntry.read(zip, name, maxBytes, reading);
      }
    };
  }

  /**
   * Entries in memory, for a model of the class path.
   *
   * @param zip the bytes of a zip
   * @param maxEntries refuses more entries
   * @param maxBytes refuses more bytes of content in all
   */
  static Archive of(byte[] zip, int maxEntries, long maxBytes) throws IOException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    long left = maxBytes;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        // The stream compares the checksum when it comes to the end of an entry.
        byte[] content = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
        left -= content.length;
        if (left < 0 || contents.size() == maxEntries) {
          throw new DamagedEntryException(
              "it holds more than %d entries or %d bytes".formatted(maxEntries, maxBytes));
        }
        if (contents.put(entry.getName(), content) != null) {
          throw new DamagedEntryException("it holds %s twice".formatted(entry.getName()));
        }
      }
    } catch (EOFException | ZipException e) {
      throw new DamagedEntryException("its zip cannot be read", e);
    }
    List<String> names = List.copyOf(new ArrayList<>(contents.keySet()));
    return new Archive() {
      @Override
      public List<String> names() {
        return names;
      }

      @Override
      public <T> T read(String name, long most, CheckedEntry.Reading<T> reading)
          throws IOException {
        byte[] content = contents.get(name);
        if (content == null) {
          throw new DamagedEntryException("the entry %s is missing".formatted(name));
        }
        if (content.length > most) {
          throw new DamagedEntryException(
              "the entry %s has %d bytes, more than %d".formatted(name, content.length, most));
        }
        try (InputStream in = new ByteArrayInputStream(content)) {
          return reading.from(in, content.length);
        } catch (EOFException e) {
          throw new DamagedEntryException("the entry %s cannot be read".formatted(name), e);
        }
      }
    };
  }
}
