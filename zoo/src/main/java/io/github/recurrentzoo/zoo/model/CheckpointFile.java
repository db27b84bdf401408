package io.github.recurrentzoo.zoo.model;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.Deflater;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/**
 * A training in one file, to go on from: a zip with one JSON entry and arrays, all as they are to
 * the bit. It is written and read with the care of a {@link ModelFile}, but not shrunk: random bits
 * hardly shrink, and it is written often.
 */
public final class CheckpointFile {
  private static final String TASK = "checkpoint";
  private static final String STATE = "state.json";
  private static final String ARRAYS = "arrays.json";
  private static final long MAX_JSON_BYTES = 1L << 26;
  private static final long MAX_HEADS_BYTES = 1 << 20;
  private static final int MAX_ARRAYS = 1_000;
  private static final int MAX_RANK = 4;
  private static final int CHUNK = 1 << 16; // bytes

  /** One of the arrays: what it is, in the order of the entries. */
  private record Head(String name, String type, List<Long> shape, String order) {
    DataType dataType() throws IOException {
      return switch (type) {
        case "FLOAT" -> DataType.FLOAT;
        case "DOUBLE" -> DataType.DOUBLE;
        default -> throw new DamagedEntryException(ARRAYS + " names the unknown type " + type);
      };
    }

    long length() throws IOException {
      if (shape.isEmpty() || shape.size() > MAX_RANK) {
        throw new DamagedEntryException(ARRAYS + " has the shape " + shape);
      }
      long length = 1;
      for (Long size : shape) {
        if (size == null
            || size < 1
            || size > Integer.MAX_VALUE
            || length > Integer.MAX_VALUE / size) {
          throw new DamagedEntryException(ARRAYS + " has the shape " + shape);
        }
        length *= size;
      }
      return length;
    }
  }

  private final byte[] state;
  private final Path file;
  private final Map<String, INDArray> arrays;

  private CheckpointFile(Path file, byte[] state, Map<String, INDArray> arrays) {
    this.file = file;
    this.state = state;
    this.arrays = arrays;
  }

  /**
   * Writes a checkpoint, as a whole or not at all. A file of that name is replaced.
   *
   * @param file where to; its folder must be there
   * @param state is written as JSON by Jackson
   * @param arrays of floats or doubles, by name
   * @throws ModelFileException if the file cannot be written; then a file that was there before is
   *     unchanged
   */
  public static void write(Path file, Object state, Map<String, INDArray> arrays) {
    List<Head> heads = new ArrayList<>();
    arrays.forEach(
        (name, array) ->
            heads.add(
                new Head(
                    name,
                    array.dataType().name(),
                    LongStream.of(array.shape()).boxed().toList(),
                    String.valueOf(array.ordering()))));
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.setLevel(Deflater.NO_COMPRESSION);
          ModelFile.putEntry(zip, ModelFile.HEADER, json(new ModelFile.Header(1, TASK)));
          ModelFile.putEntry(zip, STATE, json(state));
          ModelFile.putEntry(zip, ARRAYS, json(heads));
          int number = 0;
          for (INDArray array : arrays.values()) {
            ModelFile.putEntry(zip, entry(number++));
            write(array, zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static String entry(int number) {
    return "array-" + number + ".bin";
  }

  private static byte[] json(Object value) throws IOException {
    return ModelFile.JSON.writeValueAsBytes(value);
  }

  private static void write(INDArray array, OutputStream out) throws IOException {
    INDArray dense = array.dup(array.ordering());
    int width = dense.dataType().width();
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = width == Float.BYTES ? dense.data().asFloat() : null;
    double[] doubles = floats == null ? dense.data().asDouble() : null;
    int length = Math.toIntExact(dense.length());
    for (int from = 0; from < length; from += CHUNK / width) {
      int count = Math.min(CHUNK / width, length - from);
      if (floats != null) {
        bytes.asFloatBuffer().put(floats, from, count);
      } else {
        bytes.asDoubleBuffer().put(doubles, from, count);
      }
      out.write(bytes.array(), 0, count * width);
    }
  }

  /**
   * Reads a checkpoint.
   *
   * @param file a file that {@link #write} made
   * @throws ModelFileException if the file is damaged or of another kind
   */
  public static CheckpointFile read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Map<?, ?> header =
          parse(ModelFile.HEADER, Archive.of(zip).bytes(ModelFile.HEADER, 1 << 16), Map.class);
      if (!TASK.equals(header.get("task"))
          || !Integer.valueOf(1).equals(header.get("formatVersion"))) {
        throw new DamagedEntryException(
            "it is for %s in version %s; expected a checkpoint in version 1"
                .formatted(header.get("task"), header.get("formatVersion")));
      }
      byte[] state = Archive.of(zip).bytes(STATE, MAX_JSON_BYTES);
      BoundedJson.check(STATE, state);
      Head[] heads = parse(ARRAYS, Archive.of(zip).bytes(ARRAYS, MAX_HEADS_BYTES), Head[].class);
      if (heads.length > MAX_ARRAYS) {
        throw new DamagedEntryException("it has %d arrays".formatted(heads.length));
      }
      Map<String, INDArray> arrays = new LinkedHashMap<>();
      long left = Files.size(file); // arrays lie in the file as they are, so they fit into it
      for (int i = 0; i < heads.length; i++) {
        Head head = heads[i];
        if (head == null || head.name == null || head.type == null || head.shape == null) {
          throw new DamagedEntryException(ARRAYS + " lacks the head of array " + i);
        }
        INDArray array = CheckedEntry.read(zip, entry(i), left, (in, size) -> read(head, in, size));
        left -= array.length() * array.dataType().width();
        if (!Double.isFinite(array.norm1Number().doubleValue())) { // NaN and infinity stay in a sum
          throw new DamagedEntryException(
              "the array %s holds NaN or infinite numbers, with which no training can go on"
                  .formatted(head.name));
        }
        if (arrays.put(head.name, array) != null) {
          throw new DamagedEntryException(ARRAYS + " names the array " + head.name + " twice");
        }
      }
      return new CheckpointFile(file, state, arrays);
    } catch (DamagedEntryException | ZipException e) {
      throw new ModelFileException(
          "The checkpoint %s is damaged: %s. Remove it and begin anew."
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot read the checkpoint %s: %s. See to the right to read it."
              .formatted(file, AtomicFile.reason(e)),
          e);
    }
  }

  private static <T> T parse(String entry, byte[] json, Class<T> type) throws IOException {
    BoundedJson.check(entry, json);
    try {
      T value = ModelFile.JSON.readValue(json, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new DamagedEntryException(
          "the entry %s does not hold a %s".formatted(entry, type.getSimpleName()), e);
    }
    throw new DamagedEntryException("the entry %s holds null".formatted(entry));
  }

  private static INDArray read(Head head, InputStream in, long size) throws IOException {
    DataType type = head.dataType();
    long length = head.length();
    if (length * type.width() != size) {
      throw new DamagedEntryException(
          "the array %s has %d bytes; expected %d"
              .formatted(head.name, size, length * type.width()));
    }
    DataInputStream data = new DataInputStream(in);
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = type == DataType.FLOAT ? new float[(int) length] : null;
    double[] doubles = floats == null ? new double[(int) length] : null;
    int step = CHUNK / type.width();
    for (int from = 0; from < length; from += step) {
      int count = (int) Math.min(step, length - from);
      data.readFully(bytes.array(), 0, count * type.width());
      if (floats != null) {
        bytes.asFloatBuffer().get(floats, from, count);
      } else {
        bytes.asDoubleBuffer().get(doubles, from, count);
      }
    }
    char order = "f".equals(head.order) ? 'f' : 'c';
    long[] shape = head.shape.stream().mapToLong(Long::longValue).toArray();
    return floats != null ? Nd4j.create(floats, shape, order) : Nd4j.create(doubles, shape, order);
  }

  /**
   * The JSON entry.
   *
   * @param type the class to read it as
   * @throws ModelFileException if it does not fit the class
   */
  public <T> T state(Class<T> type) {
    try {
      return parse(STATE, state, type);
    } catch (IOException e) {
      throw new ModelFileException(
          "The checkpoint %s is damaged: %s. Remove it and begin anew."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** The arrays by name, in their order. */
  public Map<String, INDArray> arrays() {
    return arrays;
  }
}
