package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** Each file that is no model of ours gets one exception that says so. */
class ModelFileErrorsTest {

  @TempDir static Path shared;
  private static ComputationGraph network;
  private static Path good;

  @TempDir Path folder;

  @BeforeAll
  static void write() {
    network = SmallNetworks.trained(2);
    good = shared.resolve("good.zip");
    ModelFile.write(good, network, SmallNetworks.TASK, Map.of("labels", List.of("a", "b")));
  }

  private static String messageFor(Path file) {
    ModelFileException e =
        assertThrows(ModelFileException.class, () -> ModelFile.read(file, SmallNetworks.TASK));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    return e.getMessage();
  }

  private static void assertSays(String expected, Path file) {
    String message = messageFor(file);
    assertTrue(message.contains(expected), message);
  }

  /** The good file with one entry changed; a null takes it away. */
  private Path changed(String name, UnaryOperator<byte[]> change) throws IOException {
    Path file = folder.resolve("changed.zip");
    try (ZipFile from = new ZipFile(good.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        byte[] content = from.getInputStream(entry).readAllBytes();
        byte[] written = entry.getName().equals(name) ? change.apply(content) : content;
        if (written != null) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          to.write(written);
        }
      }
    }
    return file;
  }

  private Path replaced(String name, String from, String to) throws IOException {
    return changed(
        name,
        content -> {
          String text = new String(content, StandardCharsets.UTF_8);
          assertTrue(text.contains(from), text);
          return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        });
  }

  /** Blanks shrink a thousandfold: 2 x 100 MB are 200 KB of file. */
  @Test
  void entriesAreBoundedTogether() throws IOException {
    Path bomb = folder.resolve("bomb.zip");
    byte[] blanks = new byte[1 << 20];
    Arrays.fill(blanks, (byte) ' ');
    try (ZipFile from = new ZipFile(good.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(bomb))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(from.getInputStream(entry).readAllBytes());
      }
      for (String name : List.of("x.json", "y.json")) {
        to.putNextEntry(new ZipEntry(name));
        for (int i = 0; i < 100; i++) {
          to.write(blanks);
        }
      }
    }
    assertTrue(Files.size(bomb) < 1_000_000);
    assertSays("its entries are more than 100 times as large as the file", bomb);
  }

  @Test
  void aMissingFile() {
    assertSays("There is no model file", folder.resolve("none.zip"));
  }

  @Test
  void aFolder() {
    assertSays("is a folder; expected a model file", folder);
  }

  @Test
  void anEmptyFile() throws IOException {
    assertSays("is not a model file: it is empty", Files.createFile(folder.resolve("empty.zip")));
  }

  @Test
  void aTextFile() throws IOException {
    assertSays("it is not a zip file", Files.writeString(folder.resolve("t.zip"), "text,label\n"));
  }

  @Test
  void aZipOfAnotherKind() throws IOException {
    Path file = folder.resolve("other.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("photo.jpg"));
    }
    assertSays("is a zip file, but not a model", file);
  }

  @Test
  void aPlainDeeplearning4jModel() throws IOException {
    Path file = folder.resolve("plain.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);
    assertSays("is a plain Deeplearning4j model without the entry recurrent-zoo.json", file);
  }

  @Test
  void aTruncatedFileAtAnyPlace() throws IOException {
    byte[] whole = Files.readAllBytes(good);
    for (int length = 4; length < whole.length; length += Math.max(1, whole.length / 97)) {
      Path file = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
      assertSays("is cut off or damaged", file);
    }
    assertSays(
        "is cut off or damaged",
        Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length - 1)));
  }

  @Test
  void aChangedByteAnywhereIsNoticedOrDoesNoHarm() throws IOException {
    byte[] whole = Files.readAllBytes(good);
    int noticed = 0;
    for (int i = 0; i < whole.length; i += 41) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Path file = Files.write(folder.resolve("damaged.zip"), damaged);
      try {
        // Some bytes, such as the entries' times, have no say in what is read.
        assertEquals(network.params(), ModelFile.read(file, SmallNetworks.TASK).network().params());
      } catch (ModelFileException e) {
        noticed++;
      }
    }
    assertTrue(noticed > whole.length / 41 / 2, noticed + " noticed");
  }

  @Test
  void anotherTask() {
    String message =
        assertThrows(ModelFileException.class, () -> ModelFile.read(good, "text-generation"))
            .getMessage();
    assertTrue(
        message.contains(
            "is for the task text-classification; expected a model for text-generation"),
        message);
  }

  @Test
  void aNewerFormat() throws IOException {
    assertSays(
        "has format version 7; this library reads versions up to 1. Use a newer release",
        changed(
            "recurrent-zoo.json",
            content ->
                "{\"formatVersion\":7,\"task\":\"x\",\"more\":[1]}"
                    .getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"formatVersion\":1}",
        "{\"formatVersion\":0,\"task\":\"x\"}"
      })
  void aHeaderThatIsNone(String header) throws IOException {
    assertSays(
        "is damaged: recurrent-zoo.json",
        changed("recurrent-zoo.json", content -> header.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.json", "coefficients.bin"})
  void aMissingEntryOfTheNetwork(String name) throws IOException {
    assertSays("the entry " + name + " is missing", changed(name, content -> null));
  }

  @ParameterizedTest
  @CsvSource({
    "org.deeplearning4j.nn.conf.layers.LSTM, javax.script.ScriptEngineManager",
    "org.deeplearning4j.nn.conf.layers.LSTM, org.deeplearning4j.nn.confx.Layer",
    "org.nd4j.linalg.learning.config.Adam, 'java.util.HashMap<org.nd4j.linalg.learning.config.Adam,java.io.File>'",
    "org.nd4j.linalg.learning.config.Adam, '[Lorg.nd4j.linalg.learning.config.Adam;'",
    "org.nd4j.linalg.learning.config.Adam, 'org.nd4j.linalg.learning.config.Adam<java.io.File>'"
  })
  void aForeignClass(String from, String to) throws IOException {
    assertSays(
        "its configuration names the class " + to,
        replaced("configuration.json", "\"" + from + "\"", "\"" + to + "\""));
  }

  @Test
  void aForeignClassInEscapesAndAsADuplicate() throws IOException {
    assertSays(
        "its configuration names the class java.io.File",
        replaced(
            "configuration.json",
            "\"@class\"",
            "\"\\u0040class\" : \"java.io.\\u0046ile\", \"@class\""));
  }

  /** Jackson takes an array of a class's name and an object as an object of that class, too. */
  @Test
  void aForeignClassInAnArray() throws IOException {
    for (String form : List.of("[\"%s\", {}]", "[\"%s\", [{}]]")) {
      assertSays(
          "its configuration names the class java.io.File",
          replaced(
              "configuration.json",
              "\"networkInputs\"",
              "\"other\" : { \"layer\" : %s }, \"networkInputs\""
                  .formatted(form.formatted("java.io.File"))));
    }
  }

  @Test
  void jsonThatWouldTakeLongOrMuchStack() throws IOException {
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    String digits = "9".repeat(60_000);
    for (String name : List.of("configuration.json", "labels.json", "recurrent-zoo.json")) {
      assertSays(
          name + " is nested more than 64 deep",
          changed(name, content -> deep.getBytes(StandardCharsets.UTF_8)));
      assertSays(
          name + " has a number of 60000 characters",
          changed(name, content -> digits.getBytes(StandardCharsets.UTF_8)));
      assertSays(
          name + " is no JSON (Duplicate field 'a')",
          changed(name, content -> "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../etc/passwd", "/etc/passwd", "a/b.json", "C:\\x.json", ".hidden", "a\nb"})
  void aNameThatLeadsElsewhere(String name) throws IOException {
    assertSays("it has an entry \"" + name.replace('\n', '?'), withEntry(name));
  }

  @Test
  void aNameThatComesTwice() throws IOException {
    byte[] bytes = Files.readAllBytes(withEntry("labelz.json"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("labelz", "labels");
    assertSays(
        "it has two entries labels.json",
        Files.write(folder.resolve("twice.zip"), text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private Path withEntry(String name) throws IOException {
    Path file = folder.resolve("more.zip");
    try (ZipFile from = new ZipFile(good.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(from.getInputStream(entry).readAllBytes());
      }
      to.putNextEntry(new ZipEntry(name));
      to.write("[]".getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void weightsThatAreNoNumbers() throws IOException {
    for (float number : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertSays(
          "its weights hold NaN or infinite numbers",
          changed(
              "coefficients.bin",
              content -> {
                ByteBuffer.wrap(content).putFloat(content.length - 8, number);
                return content;
              }));
    }
  }

  @Test
  void aConfigurationThatFitsNoNetwork() throws IOException {
    assertSays(
        "do not make a network",
        changed("configuration.json", content -> "{}".getBytes(StandardCharsets.UTF_8)));
    assertSays(
        "is damaged",
        changed("configuration.json", content -> "{\"a\":".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void parametersOfAnotherNetwork() throws IOException {
    assertSays("do not make a network", changed("coefficients.bin", content -> array(1, 7, 7)));
  }

  @Test
  void anArrayThatTellsOfMoreThanItHas() throws IOException {
    assertSays(
        "the head of an array is wrong",
        changed("coefficients.bin", content -> array(1, 1L << 40, 7)));
    assertSays(
        "the head of an array is wrong", changed("coefficients.bin", content -> array(7, 1, 7)));
    assertSays(
        "the head of an array is wrong", changed("updaterState.bin", content -> array(1, 8, 7)));
  }

  @Test
  void anArrayThatEndsEarly() throws IOException {
    assertSays("is damaged", changed("coefficients.bin", content -> Arrays.copyOf(content, 30)));
    assertSays("is damaged", changed("coefficients.bin", content -> new byte[0]));
    assertSays("is damaged", changed("coefficients.bin", content -> new byte[5000]));
  }

  @Test
  void javaSerializationIsNotRun() throws IOException {
    Path file = folder.resolve("serialized.zip");
    try (ZipFile from = new ZipFile(good.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(from.getInputStream(entry).readAllBytes());
      }
      for (String name : List.of("preprocessor.bin", "normalizer.bin")) {
        to.putNextEntry(new ZipEntry(name));
        to.write(new byte[] {1, 2, 3});
      }
    }
    assertThrows(
        Exception.class, () -> ModelSerializer.restoreComputationGraph(file.toFile(), true));
    assertEquals(network.params(), ModelFile.read(file, SmallNetworks.TASK).network().params());
  }

  /** An array of shape [rows, columns] in Nd4j's form, with some numbers in it. */
  private static byte[] array(long rows, long columns, int numbers) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      Nd4j.zeros(1, numbers).shapeInfoDataBuffer().write(out);
      byte[] head = bytes.toByteArray();
      ByteBuffer shape = ByteBuffer.wrap(head);
      int first = head.length - 8 * 8;
      shape.putLong(first + 8, rows).putLong(first + 16, columns);
      out.writeUTF("MIXED_DATA_TYPES");
      out.writeLong(rows == 1 ? columns : rows);
      out.writeUTF("FLOAT");
      out.write(new byte[4 * numbers]);
      byte[] all = bytes.toByteArray();
      System.arraycopy(head, 0, all, 0, head.length);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
