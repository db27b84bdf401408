package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/** Reads a model file, checking each part before it is used. */
final class ModelFileReader {

  private static final int MAX_ENTRIES = 100;
  private static final Pattern ENTRY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /**
   * Weights hardly shrink, words to a fifth, zeros of a network that was never trained a
   * thousandfold: but those are twice as many as the weights at the most.
   */
  private static final long MAX_RATIO = 100;

  private static final long UNSHRUNK_BYTES = 1 << 24;
  private static final long MAX_HEADER_BYTES = 1 << 16;

  /** Of all JSON entries together: a vocabulary of a million words takes some 10 MB. */
  private static final long MAX_JSON_BYTES = 1L << 26;

  private final Path file;
  private final Archive archive;

  private ModelFileReader(Path file, Archive archive) {
    this.file = file;
    this.archive = archive;
  }

  /** What is done with an open file. */
  private interface Reading<T> {
    T of(ModelFileReader reader) throws IOException;
  }

  static ModelFile read(Path file, String task) {
    return read(file, reader -> reader.read(task));
  }

  static String task(Path file) {
    return read(file, reader -> reader.task("that it was trained for"));
  }

  private static <T> T read(Path file, Reading<T> reading) {
    checkFile(file);
    if (file.getFileSystem() != FileSystems.getDefault()) { // within a jar: ZipFile cannot open it
      return read(file, bytes(file), reading);
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      checkEntries(file, zip);
      return reading.of(new ModelFileReader(file, Archive.of(zip)));
    } catch (ZipException e) {
      throw notWhole(file, e);
    } catch (DamagedEntryException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot read the model file %s: %s. See to the right to read it."
              .formatted(file, AtomicFile.reason(e)),
          e);
    }
  }

  /** As {@link #read(Path, String)}, of a file that lies in memory; its name is for messages. */
  static ModelFile read(Path name, byte[] bytes, String task) {
    return read(name, bytes, reader -> reader.read(task));
  }

  static String task(Path name, byte[] bytes) {
    return read(name, bytes, reader -> reader.task("that it was trained for"));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot read the model file %s: %s. See to the right to read it."
              .formatted(file, AtomicFile.reason(e)),
          e);
    }
  }

  private static <T> T read(Path name, byte[] bytes, Reading<T> reading) {
    if (bytes.length < 2 || bytes[0] != 'P' || bytes[1] != 'K') {
      throw new ModelFileException(noZip(name, bytes.length));
    }
    try {
      Archive archive = Archive.of(bytes, MAX_ENTRIES, maxBytes(bytes.length));
      for (String entry : archive.names()) {
        checkName(entry);
      }
      return reading.of(new ModelFileReader(name, archive));
    } catch (IOException e) {
      throw damaged(name, e); // nothing else can happen in memory
    }
  }

  private static ModelFileException damaged(Path file, IOException e) {
    return new ModelFileException(
        "The model file %s is damaged: %s. Copy it again from where it came, or train and save the model again."
            .formatted(file, e.getMessage()),
        e);
  }

  private static String noZip(Path file, int length) {
    return "%s is not a model file: %s. Give a file that this library saved."
        .formatted(file, length == 0 ? "it is empty" : "it is not a zip file");
  }

  private static void checkFile(Path file) {
    if (!Files.exists(file)) {
      throw new ModelFileException(
          "There is no model file %s (looked at %s). Check the path, or train and save a model first."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    if (Files.isDirectory(file)) {
      throw new ModelFileException(
          "%s is a folder; expected a model file. Give the path of the zip file in it."
              .formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new ModelFileException(
          "Cannot read the model file %s: access denied. See to the right to read it."
              .formatted(file));
    }
  }

  private static ModelFileException notWhole(Path file, ZipException e) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(4);
      boolean startsAsZip = start.length == 4 && start[0] == 'P' && start[1] == 'K';
      return new ModelFileException(
          startsAsZip
              ? "The model file %s is cut off or damaged (it has %d bytes). Copy it again from where it came, or train and save the model again."
                  .formatted(file, Files.size(file))
              : noZip(file, start.length),
          e);
    } catch (IOException again) {
      again.addSuppressed(e);
      return new ModelFileException(
          "Cannot read the model file %s: %s. See to the right to read it."
              .formatted(file, AtomicFile.reason(again)),
          again);
    }
  }

  private ModelFile read(String task) throws IOException {
    checkHeader(task);
    Map<String, byte[]> json = new TreeMap<>();
    long left = MAX_JSON_BYTES;
    for (String name : archive.names()) {
      if (name.endsWith(".json")
          && !name.equals(ModelFile.HEADER)
          && !name.equals(NetworkEntries.CONFIGURATION)) {
        byte[] bytes = archive.bytes(name, left);
        BoundedJson.check(name, bytes);
        left -= bytes.length;
        json.put(name, bytes);
      }
    }
    ComputationGraph network = NetworkEntries.read(archive);
    return new ModelFile(file, network, json);
  }

  /**
   * Checks names and sizes of all entries. Nothing is ever extracted, and names are looked up only;
   * a name that this library would not write is a sign of a file that somebody made by hand.
   */
  private static void checkEntries(Path file, ZipFile zip) throws IOException {
    if (zip.size() > MAX_ENTRIES) {
      throw new DamagedEntryException(
          "it has %d entries, more than %d".formatted(zip.size(), MAX_ENTRIES));
    }
    long left = maxBytes(Files.size(file));
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      checkName(name);
      if (!names.add(name)) {
        throw new DamagedEntryException("it has two entries %s".formatted(name));
      }
      left -= Math.max(0, entry.getSize());
      if (left < 0) {
        throw new DamagedEntryException(
            "its entries are more than %d times as large as the file; models do not shrink so far"
                .formatted(MAX_RATIO));
      }
    }
  }

  /** Of all that a file of this size may hold. */
  private static long maxBytes(long size) {
    return UNSHRUNK_BYTES + MAX_RATIO * size;
  }

  private static void checkName(String name) throws DamagedEntryException {
    if (!ENTRY_NAME.matcher(name).matches()) {
      throw new DamagedEntryException(
          "it has an entry \"%s\"; expected names of letters, digits, points, hyphens and underscores, without folders"
              .formatted(printable(name)));
    }
  }

  private static String printable(String name) {
    String shown = name.length() > 100 ? name.substring(0, 100) + "..." : name;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  private void checkHeader(String task) throws IOException {
    String found = task(task);
    if (!found.equals(task)) {
      throw new ModelFileException(
          "The model file %s is for the task %s; expected a model for %s. Use the class or the command for its own task."
              .formatted(file, found, task));
    }
  }

  /** The task that the header names; the one that is expected is for messages. */
  private String task(String expected) throws IOException {
    if (!archive.has(ModelFile.HEADER)) {
      throw new ModelFileException(
          NetworkEntries.present(archive)
              ? "%s is a plain Deeplearning4j model without the entry %s, so it lacks what else the task %s needs. Open it with ModelSerializer, or save the model with this library."
                  .formatted(file, ModelFile.HEADER, expected)
              : "%s is a zip file, but not a model: it has no entry %s. Give a file that this library saved."
                  .formatted(file, ModelFile.HEADER));
    }
    // A newer format may hold more than the two fields.
    byte[] json = archive.bytes(ModelFile.HEADER, MAX_HEADER_BYTES);
    BoundedJson.check(ModelFile.HEADER, json);
    Map<?, ?> header;
    try {
      header = ModelFile.JSON.readValue(json, Map.class);
    } catch (JsonProcessingException e) {
      throw new DamagedEntryException(ModelFile.HEADER + " is no JSON", e);
    }
    if (header == null
        || !(header.get("formatVersion") instanceof Integer version)
        || version < 1
        || !(header.get("task") instanceof String found)) {
      throw new DamagedEntryException(ModelFile.HEADER + " lacks the format version or the task");
    }
    if (version > ModelFile.FORMAT_VERSION) {
      throw new ModelFileException(
          "The model file %s has format version %d; this library reads versions up to %d. Use a newer release of Recurrent Zoo, or train and save the model again with this one."
              .formatted(file, version, ModelFile.FORMAT_VERSION));
    }
    return found;
  }
}
