package io.github.recurrentzoo.zoo.model;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The tensors of an HDF5 file, or of the one within a file of Keras 3 ({@code .keras}, a zip).
 * Links are not followed, so that no other file is read, and no code is run. The library that reads
 * HDF5, {@code io.jhdf:jhdf}, is an optional dependency.
 */
public final class HdfTensors implements AutoCloseable {
  private static final String IN_KERAS = "model.weights.h5";
  private static final int MAX_BYTES = 1 << 30; // of the file within a zip
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NODES = 100_000;
  private static final int NAMES_TO_LIST = 20;

  private final Path file;
  private final HdfFile hdf;
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();
  private int nodes;

  private HdfTensors(Path file, HdfFile hdf) {
    this.file = file;
    this.hdf = hdf;
  }

  /**
   * Opens a file and reads the names of its tensors.
   *
   * @throws ModelFileException if it cannot be read or is no HDF5 file
   */
  public static HdfTensors open(Path file) {
    if (!Files.exists(file)) {
      throw new ModelFileException(
          "There is no file %s (looked at %s).".formatted(file, file.toAbsolutePath()));
    }
    HdfFile hdf = null;
    try {
      hdf = isZip(file) ? HdfFile.fromBytes(unpacked(file)) : new HdfFile(file);
      HdfTensors tensors = new HdfTensors(file, hdf);
      tensors.collect(hdf, "", 0);
      return tensors;
    } catch (IOException e) {
      throw new ModelFileException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    } catch (ModelFileException e) {
      hdf.close();
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      // jhdf has many kinds for bytes that are no HDF5, and takes memory for sizes that these name.
      if (hdf != null) {
        hdf.close();
      }
      throw damaged(file, e);
    }
  }

  private static ModelFileException damaged(Path file, Throwable cause) {
    return new ModelFileException(
        "%s is no HDF5 file, or a damaged one (%s). Write one in Python with model.save_weights(\"model.weights.h5\")."
            .formatted(file, cause.getMessage()),
        cause);
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(2), new byte[] {'P', 'K'});
    }
  }

  private static byte[] unpacked(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(IN_KERAS);
      if (entry == null) {
        throw new IOException("it is a zip without " + IN_KERAS);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] bytes = in.readNBytes(MAX_BYTES);
        if (in.read() >= 0) {
          throw new IOException("%s has more than 1 GiB".formatted(IN_KERAS));
        }
        return bytes;
      }
    }
  }

  private void collect(Group group, String path, int depth) {
    for (Node node : group) {
      if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
        throw new ModelFileException(
            "%s has more than %,d tensors and groups, or more than %d levels."
                .formatted(file, MAX_NODES, MAX_DEPTH));
      }
      if (node.isLink()) {
        continue;
      }
      String name = path.isEmpty() ? node.getName() : path + "/" + node.getName();
      if (node instanceof Group inner) {
        collect(inner, name, depth + 1);
      } else if (node instanceof Dataset dataset) {
        datasets.put(name, dataset);
      }
    }
  }

  /** The paths of the tensors, such as {@code layers/lstm/cell/vars/0}. */
  public Set<String> names() {
    return Collections.unmodifiableSet(datasets.keySet());
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Up to 20 of the names, for a message. */
  public String listed() {
    return String.join(", ", names().stream().limit(NAMES_TO_LIST).toList())
        + (names().size() > NAMES_TO_LIST ? " ..." : "");
  }

  /** The shape of a tensor of {@link #names}. */
  public long[] shape(String name) {
    return Arrays.stream(datasets.get(name).getDimensions()).asLongStream().toArray();
  }

  /**
   * A vector or matrix, FLOAT.
   *
   * @param name one of {@link #names}
   * @throws ModelFileException if it is something else, or damaged
   */
  public INDArray tensor(String name) {
    Object numbers;
    try {
      numbers = datasets.get(name).getData();
    } catch (HdfException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw damaged(file, e);
    }
    if (numbers instanceof float[] vector) {
      return Nd4j.createFromArray(vector);
    }
    if (numbers instanceof float[][] matrix && matrix.length > 0) {
      return Nd4j.createFromArray(matrix);
    }
    if (numbers instanceof double[] vector) {
      return Nd4j.createFromArray(vector).castTo(DataType.FLOAT);
    }
    if (numbers instanceof double[][] matrix && matrix.length > 0) {
      return Nd4j.createFromArray(matrix).castTo(DataType.FLOAT);
    }
    throw new ModelFileException(
        "%s: %s has the shape %s; expected a vector or a matrix of floating-point numbers of 32 or 64 bits."
            .formatted(file, name, Arrays.toString(shape(name))));
  }

  @Override
  public void close() {
    hdf.close();
  }
}
