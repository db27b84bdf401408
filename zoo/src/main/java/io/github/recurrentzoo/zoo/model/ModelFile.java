package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A model in one file: Deeplearning4j's model zip (configuration, parameters, updater state) and,
 * beside them, JSON entries of the task that the network was trained for.
 *
 * <p>The entry {@code recurrent-zoo.json} says which task it is and in which version of this format
 * the file is written. Deeplearning4j's {@code ModelSerializer.restoreComputationGraph} reads the
 * network from the same file.
 */
public final class ModelFile {

  /** The version of the format that this library writes; it reads this one and those before. */
  public static final int FORMAT_VERSION = 1;

  static final String HEADER = "recurrent-zoo.json";
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern ENTRY_NAME = Pattern.compile("[a-z][a-z0-9-]*");
  // A fixed time, so that the same model gives the same file to the byte.
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** What {@code recurrent-zoo.json} holds. */
  record Header(int formatVersion, String task) {}

  private final Path file;
  private final ComputationGraph network;
  private final Map<String, byte[]> entries;

  ModelFile(Path file, ComputationGraph network, Map<String, byte[]> entries) {
    this.file = file;
    this.network = network;
    this.entries = entries;
  }

  /**
   * Writes a model, as a whole or not at all. A file of that name is replaced.
   *
   * @param file where to; its folder must be there
   * @param network the network, with its updater state
   * @param task what the network does, such as {@code text-classification}; {@link #read} asks for
   *     the same
   * @param entries what else belongs to the model, by name (small letters, digits and hyphens);
   *     each value is written as JSON by Jackson, so records, maps, lists, numbers and strings will
   *     do
   * @throws ModelFileException if the file cannot be written; then nothing is left behind and a
   *     file that was there before is unchanged
   * @throws IllegalArgumentException if an entry's name or value cannot be written as JSON
   */
  public static void write(
      Path file, ComputationGraph network, String task, Map<String, ?> entries) {
    Map<String, byte[]> json = new TreeMap<>();
    entries.forEach((name, value) -> json.put(entryName(name), toJson(name, value)));
    write(file, task, json, zip -> NetworkEntries.write(network, zip));
  }

  /**
   * Writes this model in a third of its size or less, as a whole or not at all: weights as numbers
   * of 16 bits, and no state of the updater. It is read by {@link #read} as any other; training
   * goes on with a new updater. Plain Deeplearning4j does not open it.
   *
   * @param file where to; its folder must be there
   * @param task the task that the model was read for
   * @throws ModelFileException if the file cannot be written
   * @throws IllegalArgumentException if a weight is beyond 65,504
   */
  public void writeCompact(Path file, String task) {
    write(file, task, entries, zip -> NetworkEntries.writeCompact(network, zip));
  }

  private static void write(
      Path file, String task, Map<String, byte[]> json, NetworkWriter network) {
    byte[] header = toJson(HEADER, new Header(FORMAT_VERSION, task));
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          putEntry(zip, HEADER, header);
          for (Map.Entry<String, byte[]> entry : json.entrySet()) {
            putEntry(zip, entry.getKey(), entry.getValue());
          }
          network.writeTo(zip);
          zip.finish();
        });
  }

  /** Writes the entries of a network. */
  @FunctionalInterface
  private interface NetworkWriter {
    void writeTo(ZipOutputStream zip) throws IOException;
  }

  /**
   * Finds out whether a model could be written, so that a long training need not end in vain.
   *
   * @param file where to
   * @throws ModelFileException if the folder is missing or not writable, or a folder has that name
   */
  public static void checkWritable(Path file) {
    AtomicFile.check(file);
  }

  /**
   * What a model does, without reading the model.
   *
   * @param file a file that {@link #write} made
   * @return the task that it was written for
   * @throws ModelFileException if the file is missing, damaged, of another kind or in a newer
   *     format
   */
  public static String task(Path file) {
    return ModelFileReader.task(file);
  }

  /**
   * As {@link #task(Path)}, of a file that lies in memory.
   *
   * @param name the file's name, for messages
   * @param bytes what it holds
   */
  public static String task(Path name, byte[] bytes) {
    return ModelFileReader.task(name, bytes);
  }

  /**
   * Reads a model.
   *
   * @param file a file that {@link #write} made
   * @param task the task that the file must be for
   * @return the network and the entries
   * @throws ModelFileException if the file is missing, damaged, of another kind, for another task
   *     or in a newer format
   */
  public static ModelFile read(Path file, String task) {
    return ModelFileReader.read(file, task);
  }

  /**
   * As {@link #read(Path, String)}, of a file that lies in memory.
   *
   * @param name the file's name, for messages
   * @param bytes what it holds
   * @param task the task that the file must be for
   */
  public static ModelFile read(Path name, byte[] bytes, String task) {
    return ModelFileReader.read(name, bytes, task);
  }

  /**
   * The network, ready to predict and to train on.
   *
   * @return the same network at each call
   */
  public ComputationGraph network() {
    return network;
  }

  /** Whether there is an entry of that name. */
  public boolean has(String name) {
    return entries.containsKey(entryName(name));
  }

  /**
   * One of the JSON entries.
   *
   * @param name the name that it was written with
   * @param type the class to read it as
   * @param <T> the class to read it as
   * @return its value
   * @throws ModelFileException if there is no such entry or it does not fit the type
   */
  public <T> T entry(String name, Class<T> type) {
    byte[] json = entries.get(entryName(name));
    if (json == null) {
      throw new ModelFileException(
          "The model file %s has no entry %s; it holds %s. It was not written as a whole by this library: save the model again."
              .formatted(file, entryName(name), entries.keySet()));
    }
    try {
      T value = JSON.readValue(json, type);
      if (value != null) {
        return value;
      }
    } catch (IOException e) {
      throw badEntry(name, type, e);
    }
    throw badEntry(name, type, null);
  }

  private ModelFileException badEntry(String name, Class<?> type, Throwable cause) {
    return new ModelFileException(
        "The entry %s of the model file %s is damaged: it is no JSON of a %s. Save the model again."
            .formatted(entryName(name), file, type.getSimpleName()),
        cause);
  }

  static void putEntry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    putEntry(zip, name);
    zip.write(content);
    zip.closeEntry();
  }

  static void putEntry(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    zip.putNextEntry(entry);
  }

  private static byte[] toJson(String name, Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The entry %s cannot be written as JSON: %s. Give a record, map, list, number or string."
              .formatted(name, e.getOriginalMessage()),
          e);
    }
  }

  private static String entryName(String name) {
    String file = name + ".json";
    if (!ENTRY_NAME.matcher(name).matches()
        || file.equals(HEADER)
        || file.equals(NetworkEntries.CONFIGURATION)) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be the name of an entry; expected small letters, digits and hyphens, and neither configuration nor recurrent-zoo. Choose another one."
              .formatted(name));
    }
    return file;
  }
}
