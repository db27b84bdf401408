package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("checkpoint-last.zip");
  }

  @Test
  void arraysAreAsTheyWere() {
    INDArray floats = Nd4j.createFromArray(new float[][] {{1, -2, 3}, {0.1f, 5, -0f}});
    INDArray doubles = Nd4j.createFromArray(new double[] {1e-300, Math.PI});
    CheckpointFile.write(file, Map.of("step", 7), Map.of("f", floats.dup('f'), "d", doubles));
    CheckpointFile read = CheckpointFile.read(file);
    assertEquals(floats, read.arrays().get("f"));
    assertEquals(doubles, read.arrays().get("d"));
    assertEquals(Map.of("step", 7), read.state(Map.class));
  }

  /** Zeros shrink a thousandfold: a small file that asks for much memory. */
  @Test
  void arraysAreNoLargerThanTheFile() throws IOException {
    int floats = 5_000_000;
    write("[" + head("a", "[" + floats + "]") + "]", List.of(new byte[4 * floats]));
    assertTrue(Files.size(file) < 100_000);
    assertSays("the entry array-0.bin has 20000000 bytes, more than");
    // Nor all of them together.
    long many = 200;
    byte[] zeros = new byte[8_000];
    write(
        IntStream.range(0, (int) many)
            .mapToObj(i -> head("a" + i, "[2000]"))
            .collect(Collectors.joining(",", "[", "]")),
        IntStream.range(0, (int) many).mapToObj(i -> zeros).toList());
    assertTrue(Files.size(file) > zeros.length && Files.size(file) < many * zeros.length);
    assertSays("has 8000 bytes, more than");
  }

  @Test
  void headsThatMakeNoSense() throws IOException {
    byte[] one = new byte[4];
    write("[" + head("a", "[1]") + "," + head("a", "[1]") + "]", List.of(one, one));
    assertSays("names the array a twice");
    String ones = IntStream.range(0, 40).mapToObj(i -> "1").collect(Collectors.joining(","));
    for (String shape : List.of("[]", "[" + ones + "]", "[-1]", "[0]", "[3000000000]", "[null]")) {
      write("[" + head("a", shape) + "]", List.of(one));
      assertSays("has the shape");
    }
    write("[" + head("a", "[2]") + "]", List.of(one));
    assertSays("the array a has 4 bytes; expected 8");
  }

  private static String head(String name, String shape) {
    return "{\"name\":\"%s\",\"type\":\"FLOAT\",\"shape\":%s,\"order\":\"c\"}"
        .formatted(name, shape);
  }

  private void write(String heads, List<byte[]> arrays) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "recurrent-zoo.json", "{\"formatVersion\":1,\"task\":\"checkpoint\"}");
      put(zip, "state.json", "{}");
      put(zip, "arrays.json", heads);
      for (int i = 0; i < arrays.size(); i++) {
        zip.putNextEntry(new ZipEntry("array-" + i + ".bin"));
        zip.write(arrays.get(i));
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, String json) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(json.getBytes(StandardCharsets.UTF_8));
  }

  private void assertSays(String expected) {
    String message =
        assertThrows(ModelFileException.class, () -> CheckpointFile.read(file)).getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("Remove it and begin anew"), message);
  }
}
