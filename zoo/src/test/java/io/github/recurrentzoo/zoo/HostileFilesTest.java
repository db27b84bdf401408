package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a file holds, a pipeline reads a model or says in one exception what is wrong; it does
 * not hang, and takes no more memory than a multiple of the file.
 */
class HostileFilesTest {
  private static final long MOST_BYTES = 32L << 20;
  private static final Map<Pipelines, Path> GOOD = new EnumMap<>(Pipelines.class);

  @TempDir static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void train() {
    for (Pipelines pipeline : Pipelines.values()) {
      Path file = shared.resolve(pipeline + ".zip");
      pipeline.trainAndSave(file);
      GOOD.put(pipeline, file);
    }
  }

  /** The message, if it is refused; null, if a model was read. */
  private static String refusal(Pipelines pipeline, Path file) {
    try {
      pipeline.load(file);
      return null;
    } catch (ModelFileException e) {
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      return e.getMessage();
    }
  }

  private static void assertRefused(String expected, Pipelines pipeline, Path file) {
    String message = refusal(pipeline, file);
    assertTrue(message != null && message.contains(expected), file + ": " + message);
  }

  private Path changed(Pipelines pipeline, String name, UnaryOperator<byte[]> change)
      throws IOException {
    Path file = folder.resolve("changed.zip");
    boolean found = false;
    try (ZipFile from = new ZipFile(GOOD.get(pipeline).toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        boolean here = entry.getName().equals(name);
        found |= here;
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(here ? change.apply(content) : content);
      }
    }
    assertTrue(found, name);
    return file;
  }

  private Path replaced(Pipelines pipeline, String name, String regex, String by)
      throws IOException {
    return changed(
        pipeline,
        name,
        content -> {
          String text = new String(content, StandardCharsets.UTF_8);
          String other = text.replaceFirst(regex, by);
          assertFalse(other.equals(text), text);
          return other.getBytes(StandardCharsets.UTF_8);
        });
  }

  /** Each of a few hundred places: in headers, names, JSON, weights and the directory. */
  @ParameterizedTest
  @EnumSource
  void aFlippedBitIsNoticedOrDoesNoHarm(Pipelines pipeline) throws IOException {
    byte[] whole = Files.readAllBytes(GOOD.get(pipeline));
    List<Object> answers = pipeline.answers(pipeline.load(GOOD.get(pipeline)));
    int step = Math.max(1, whole.length / 300);
    int noticed = 0;
    int tried = 0;
    for (int i = 0; i < whole.length; i += step | 1) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 << (i % 8));
      Path file = Files.write(folder.resolve("damaged.zip"), damaged);
      Object model =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20),
              () -> {
                try {
                  return pipeline.load(file);
                } catch (ModelFileException e) {
                  return null;
                }
              },
              "byte " + i);
      tried++;
      if (model == null) {
        noticed++;
      } else {
        assertEquals(answers, pipeline.answers(model), "byte " + i);
      }
    }
    assertTrue(noticed > tried / 2, noticed + " of " + tried);
  }

  /** Somebody who means it mends the checksums: the file is whole, and an entry is another one. */
  @ParameterizedTest
  @EnumSource
  void aFlippedBitUnderARightChecksum(Pipelines pipeline) throws IOException {
    List<String> names;
    try (ZipFile zip = new ZipFile(GOOD.get(pipeline).toFile())) {
      names = zip.stream().map(ZipEntry::getName).toList();
    }
    Random random = new Random(1);
    int refused = 0;
    for (String name : names) {
      for (int i = 0; i < 40; i++) {
        StringBuilder where = new StringBuilder(name);
        Path file =
            changed(
                pipeline,
                name,
                content -> {
                  int at = random.nextInt(content.length);
                  content[at] ^= (byte) (1 << random.nextInt(8));
                  int from = Math.max(0, at - 30);
                  int length = Math.min(60, content.length - from);
                  where
                      .append(" at ")
                      .append(new String(content, from, length, StandardCharsets.ISO_8859_1));
                  return content;
                });
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        refused +=
            assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                  long before = threads.getCurrentThreadAllocatedBytes();
                  String message =
                      assertDoesNotThrow(() -> refusal(pipeline, file), where::toString);
                  long took = threads.getCurrentThreadAllocatedBytes() - before;
                  assertTrue(took < MOST_BYTES, () -> took + " bytes for " + where);
                  return message == null ? 0 : 1;
                },
                where::toString);
      }
    }
    assertTrue(refused > names.size() * 40 / 10, refused + " refused");
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsCutOff(Pipelines pipeline) throws IOException {
    byte[] whole = Files.readAllBytes(GOOD.get(pipeline));
    for (int length = 0; length < whole.length; length += whole.length / 40) {
      Path file = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
      assertRefused(length < 4 ? "not a model file" : "is cut off or damaged", pipeline, file);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileOfAnotherTask(Pipelines pipeline) {
    for (Pipelines other : Pipelines.values()) {
      if (other != pipeline) {
        assertRefused("is for the task " + other.task, pipeline, GOOD.get(other));
      }
    }
  }

  /** A header of this task and all else of another one; or one entry of another one. */
  @ParameterizedTest
  @EnumSource
  void entriesOfAnotherFile(Pipelines pipeline) throws IOException {
    for (Pipelines other : Pipelines.values()) {
      if (other != pipeline) {
        Path disguised = replaced(other, "recurrent-zoo.json", other.task, pipeline.task);
        assertRefused("", pipeline, disguised);
        for (String name : List.of("configuration.json", "coefficients.bin", "updaterState.bin")) {
          byte[] foreign;
          try (ZipFile zip = new ZipFile(GOOD.get(other).toFile())) {
            foreign = zip.getInputStream(zip.getEntry(name)).readAllBytes();
          }
          assertRefused("", pipeline, changed(pipeline, name, content -> foreign));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void absurdSizes(Pipelines pipeline) throws IOException {
    for (String key : List.of("nIn", "nOut", "nin", "nout")) {
      for (String size : List.of("2147483647", "9223372036854775807", "-5", "0")) {
        Path good = GOOD.get(pipeline);
        try (ZipFile zip = new ZipFile(good.toFile())) {
          String json =
              new String(
                  zip.getInputStream(zip.getEntry("configuration.json")).readAllBytes(),
                  StandardCharsets.UTF_8);
          if (!json.contains("\"" + key + "\"")) {
            continue;
          }
        }
        Path file =
            replaced(
                pipeline,
                "configuration.json",
                "\"" + key + "\" : \\d+",
                "\"" + key + "\" : " + size);
        assertTakesLittle(pipeline, file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bombs(Pipelines pipeline) throws IOException {
    Path blanks = changed(pipeline, "options.json", content -> filled(64 << 20));
    assertTrue(Files.size(blanks) < 1_000_000);
    assertTakesLittle(pipeline, blanks);
    assertTakesLittle(pipeline, changed(pipeline, "coefficients.bin", content -> filled(64 << 20)));
    // A directory that tells of four gigabytes of weights.
    byte[] bytes = Files.readAllBytes(GOOD.get(pipeline));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int name = text.lastIndexOf("coefficients.bin");
    Arrays.fill(bytes, name - 22, name - 19, (byte) 0xFF); // uncompressed size, three of 4 bytes
    assertTakesLittle(pipeline, Files.write(folder.resolve("lies.zip"), bytes));
  }

  private static byte[] filled(int size) {
    byte[] blanks = new byte[size];
    Arrays.fill(blanks, (byte) ' ');
    return blanks;
  }

  private static void assertTakesLittle(Pipelines pipeline, Path file) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long beforeNative = Pointer.totalBytes();
    assertRefused("", pipeline, file);
    long took = threads.getCurrentThreadAllocatedBytes() - before;
    long tookNative = Pointer.totalBytes() - beforeNative;
    assertTrue(took < MOST_BYTES, took + " bytes of heap");
    assertTrue(tookNative < MOST_BYTES, tookNative + " bytes beside the heap");
  }

  @ParameterizedTest
  @EnumSource
  void entriesThatLackSomething(Pipelines pipeline) throws IOException {
    for (String name : List.of("provenance.json", "options.json")) {
      for (String json : List.of("{}", "null", "[]", "{\"a\":")) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertRefused(name, pipeline, changed(pipeline, name, content -> bytes));
      }
    }
    assertRefused(
        "lacks the options of the training",
        pipeline,
        replaced(pipeline, "options.json", "\"training\":\\{[^}]*\\}", "\"training\":null"));
  }

  /** Twice as wide with each vertex: 2 to the power of 40 numbers for one answer. */
  @ParameterizedTest
  @EnumSource
  void aNetworkThatWouldAnswerWithoutBound(Pipelines pipeline) throws IOException {
    StringBuilder vertices = new StringBuilder();
    StringBuilder inputs = new StringBuilder();
    String input =
        ModelFile.read(GOOD.get(pipeline), pipeline.task)
            .network()
            .getConfiguration()
            .getNetworkInputs()
            .get(0);
    for (int i = 0; i < 40; i++) {
      vertices.append(
          "\"m%d\" : {\"@class\" : \"org.deeplearning4j.nn.conf.graph.MergeVertex\"}, "
              .formatted(i));
      String before = i == 0 ? input : "m" + (i - 1);
      inputs.append("\"m%d\" : [\"%s\", \"%s\"], ".formatted(i, before, before));
    }
    Path file =
        changed(
            pipeline,
            "configuration.json",
            content ->
                new String(content, StandardCharsets.UTF_8)
                    .replaceFirst(
                        "\"topologicalOrder\" : \\[[^]]*\\]", "\"topologicalOrder\" : null")
                    .replaceFirst(
                        "\"topologicalOrderStr\" : \\[[^]]*\\]", "\"topologicalOrderStr\" : null")
                    .replaceFirst("\"vertexInputs\" : \\{", "\"vertexInputs\" : { " + inputs)
                    .replaceFirst("\"vertices\" : \\{", "\"vertices\" : { " + vertices)
                    .getBytes(StandardCharsets.UTF_8));
    assertRefused("puts more than 64 outputs side by side", pipeline, file);
  }

  @ParameterizedTest
  @EnumSource
  void withoutAChangeItIsRead(Pipelines pipeline) throws IOException {
    Path same = changed(pipeline, "options.json", content -> content);
    assertEquals(
        pipeline.answers(pipeline.load(GOOD.get(pipeline))), pipeline.answers(pipeline.load(same)));
    assertThrows(ModelFileException.class, () -> pipeline.load(folder.resolve("none.zip")));
  }
}
