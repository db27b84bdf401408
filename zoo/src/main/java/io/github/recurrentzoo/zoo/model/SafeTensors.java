package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A file of tensors in the safetensors format: eight bytes with the length of a header, the header
 * as JSON (for each name type, shape and place), and the numbers, little-endian and row by row.
 * Nothing in it is trusted before it is checked; no code is run.
 *
 * @see <a href="https://github.com/huggingface/safetensors">The format</a>
 */
public final class SafeTensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER = 64 << 20;
  private static final int MAX_RANK = 8;
  private static final int NAMES_TO_LIST = 20;
  private static final String METADATA = "__metadata__";

  private final Path file;
  private final Map<String, Entry> entries;

  private enum Type {
    F64(8),
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /** Where a tensor is; type is null for one of whole numbers, which no layer has. */
  private record Entry(String name, Type type, List<Long> shape, long from, long to) {}

  private SafeTensors(Path file, Map<String, Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Reads the header. Numbers are read when they are asked for, so the file must stay.
   *
   * @throws ModelFileException if it cannot be read, or is no safetensors file
   */
  public static SafeTensors open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < LENGTH_BYTES) {
        throw damaged(file, "has %d bytes only".formatted(size), null);
      }
      long header = bytes(channel, 0, LENGTH_BYTES).getLong();
      if (header < 2 || header > Math.min(MAX_HEADER, size - LENGTH_BYTES)) {
        throw damaged(
            file,
            "announces a header of %s bytes, but has %d"
                .formatted(Long.toUnsignedString(header), size),
            null);
      }
      byte[] json = bytes(channel, LENGTH_BYTES, (int) header).array();
      BoundedJson.check("its header", json);
      JsonNode root = ModelFile.JSON.readTree(json);
      if (!root.isObject()) {
        throw damaged(file, "has a header that is no JSON object", null);
      }
      return new SafeTensors(file, entries(file, root, LENGTH_BYTES + header, size));
    } catch (DamagedEntryException e) {
      throw damaged(file, e.getMessage(), e);
    } catch (IOException e) {
      throw new ModelFileException(
          Files.exists(file)
              ? "%s cannot be read: %s.".formatted(file, e.getMessage())
              : "There is no file %s (looked at %s).".formatted(file, file.toAbsolutePath()),
          e);
    }
  }

  private static ModelFileException damaged(Path file, String how, Exception cause) {
    return new ModelFileException(
        "%s is no safetensors file: it %s. Write one in Python with safetensors.torch.save_file(model.state_dict(), file)."
            .formatted(file, how),
        cause);
  }

  private static Map<String, Entry> entries(Path file, JsonNode root, long data, long size) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    root.fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals(METADATA)) {
                entries.put(
                    field.getKey(), entry(file, field.getKey(), field.getValue(), data, size));
              }
            });
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::from));
    for (int i = 1; i < inOrder.size(); i++) {
      if (inOrder.get(i).from() < inOrder.get(i - 1).to()) {
        throw damaged(
            file,
            "has %s and %s at one place"
                .formatted(inOrder.get(i - 1).name(), inOrder.get(i).name()),
            null);
      }
    }
    return entries;
  }

  private static Entry entry(Path file, String name, JsonNode node, long data, long size) {
    JsonNode places = node.path("data_offsets");
    JsonNode shape = node.path("shape");
    long from = places.path(0).asLong(-1);
    long to = places.path(1).asLong(-1);
    if (!shape.isArray() || shape.size() > MAX_RANK || from < 0 || to < from || to > size - data) {
      throw damaged(file, "has a wrong shape or place of %s".formatted(name), null);
    }
    List<Long> sizes = new ArrayList<>();
    long count = 1;
    for (JsonNode each : shape) {
      long length = each.asLong(-1);
      if (length < 0 || (length > 0 && count > size / length)) {
        throw damaged(file, "has a wrong shape of %s".formatted(name), null);
      }
      count *= length;
      sizes.add(length);
    }
    String dtype = node.path("dtype").asText();
    Type type =
        Arrays.stream(Type.values()).filter(t -> t.name().equals(dtype)).findFirst().orElse(null);
    if (type != null && count * type.bytes != to - from) {
      throw damaged(
          file, "has %d bytes for the shape %s of %s".formatted(to - from, sizes, name), null);
    }
    return new Entry(name, type, sizes, data + from, data + to);
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("it ends too early");
      }
    }
    return bytes.flip();
  }

  /** The names of the tensors, in the order of the header. */
  public Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /**
   * A tensor, in 'c' order: DOUBLE where the file has doubles, else FLOAT.
   *
   * @throws ModelFileException if there is none of that name, it has no real numbers, or the file
   *     cannot be read any more
   */
  public INDArray tensor(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new ModelFileException(
          "%s has no tensor %s; it has %s.".formatted(file, name, listed(entries.keySet())));
    }
    if (entry.type() == null) {
      throw new ModelFileException(
          "%s: the numbers of %s are no floating-point numbers of 16, 32 or 64 bits."
              .formatted(file, name));
    }
    long bytes = entry.to() - entry.from();
    if (bytes > Integer.MAX_VALUE - LENGTH_BYTES) {
      throw new ModelFileException(
          "%s: %s has %,d bytes, more than 2 GiB.".formatted(file, name, bytes));
    }
    long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return array(entry.type(), bytes(channel, entry.from(), (int) bytes), shape);
    } catch (IOException e) {
      throw new ModelFileException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static String listed(Set<String> names) {
    return String.join(", ", names.stream().limit(NAMES_TO_LIST).toList())
        + (names.size() > NAMES_TO_LIST ? " ..." : "");
  }

  private static INDArray array(Type type, ByteBuffer bytes, long[] shape) {
    int count = bytes.remaining() / type.bytes;
    if (type == Type.F64) {
      double[] numbers = new double[count];
      bytes.asDoubleBuffer().get(numbers);
      return Nd4j.create(numbers, shape, DataType.DOUBLE);
    }
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          switch (type) {
            case F32 -> bytes.getFloat(4 * i);
            case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
            default -> Float16.toFloat(bytes.getShort(2 * i));
          };
    }
    return Nd4j.create(numbers, shape, DataType.FLOAT);
  }
}
