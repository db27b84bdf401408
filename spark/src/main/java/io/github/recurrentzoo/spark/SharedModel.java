package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * A model file that is sent to each executor once, and loaded once in each JVM: all tasks there
 * share the pipeline, which is safe for many threads.
 */
final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1;

  /** Of a model file in a distributed file system, such as {@code hdfs://...}. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  /** How many models a JVM keeps, those that were asked for last. */
  private static final int MOST_KEPT = 8;

  private static final Map<String, Pipeline> KEPT =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pipeline> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private final String sha256;
  private final Broadcast<byte[]> file;
  private transient volatile Pipeline loaded;

  private SharedModel(String sha256, Broadcast<byte[]> file, Pipeline loaded) {
    this.sha256 = sha256;
    this.file = file;
    this.loaded = loaded;
  }

  /**
   * Loads a model here, and makes it known to the executors.
   *
   * @param model the name of a preset, or a file: a path of this machine, or a URI that Hadoop
   *     reads
   * @throws ModelFileException if there is no such file, or it is no model
   */
  static SharedModel of(SparkSession spark, String model) {
    Optional<Preset> preset = Presets.find(model);
    byte[] bytes = preset.isPresent() ? read(preset.get()) : read(spark, model);
    String sha256 = sha256(bytes);
    return of(spark, sha256, bytes, kept(sha256, () -> bytes));
  }

  /** As {@link #of(SparkSession, String)}, of a pipeline that is loaded or was just trained. */
  static SharedModel of(SparkSession spark, Pipeline model) {
    try {
      Path folder = Files.createTempDirectory("recurrent-zoo");
      Path file = folder.resolve("model.zip");
      try {
        model.save(file);
        byte[] bytes = Files.readAllBytes(file);
        return of(spark, sha256(bytes), bytes, model);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new ModelFileException(
          "The model cannot be written to a temporary file: %s. Make room there, or set java.io.tmpdir."
              .formatted(e),
          e);
    }
  }

  private static SharedModel of(SparkSession spark, String sha256, byte[] bytes, Pipeline loaded) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new SharedModel(sha256, context.broadcast(bytes), loaded);
  }

  private static byte[] read(Preset preset) {
    byte[] bytes;
    try (InputStream in = Presets.url(preset).openStream()) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw unreadable("pretrained model " + preset.name(), e);
    }
    if (!sha256(bytes).equals(preset.sha256())) {
      Presets.open(preset); // says what is wrong
    }
    return bytes;
  }

  private static byte[] read(SparkSession spark, String file) {
    try {
      if (!SCHEME.matcher(file).matches()) {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
          throw new ModelFileException(
              "There is no model \"%s\": it is neither the name of a pretrained model nor a file of this machine. Give one of them, or a URI such as hdfs://host/model.zip; for pretrained models, io.github.recurrentzoo:recurrent-zoo-pretrained must be on the driver's class path."
                  .formatted(file));
        }
        return Files.readAllBytes(path);
      }
      URI uri = URI.create(file);
      FileSystem files = FileSystem.get(uri, spark.sparkContext().hadoopConfiguration());
      try (InputStream in = files.open(new org.apache.hadoop.fs.Path(uri))) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw unreadable("model file " + file, e);
    }
  }

  private static ModelFileException unreadable(String what, IOException e) {
    return new ModelFileException(
        "The %s cannot be read: %s. Check that it is there, and that you may read it."
            .formatted(what, e),
        e);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Each Java platform has SHA-256", e);
    }
  }

  /** The pipeline; in an executor it is loaded by the first task that asks, others wait for it. */
  Pipeline get() {
    Pipeline pipeline = loaded;
    if (pipeline == null) {
      pipeline = kept(sha256, file::value);
      loaded = pipeline;
    }
    return pipeline;
  }

  private static Pipeline kept(String sha256, Supplier<byte[]> file) {
    synchronized (KEPT) {
      Pipeline pipeline = KEPT.get(sha256);
      if (pipeline == null) {
        Executors.prepare();
        pipeline = Zoo.load(new ByteArrayInputStream(file.get()));
        KEPT.put(sha256, pipeline);
      }
      return pipeline;
    }
  }
}
