package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class CompactModelTest {
  private static final Path NAME = Path.of("small.zip");

  @TempDir Path folder;
  private ComputationGraph network;
  private byte[] compact;

  @BeforeEach
  void writeCompact() throws IOException {
    network = SmallNetworks.trained(7);
    Path full = folder.resolve("full.zip");
    ModelFile.write(full, network, SmallNetworks.TASK, Map.of("labels", new String[] {"a", "b"}));
    Path file = folder.resolve("compact.zip");
    ModelFile.read(full, SmallNetworks.TASK).writeCompact(file, SmallNetworks.TASK);
    compact = Files.readAllBytes(file);
  }

  @Test
  void weightsAreRoundedAndTheRestIsKept() {
    ModelFile read = ModelFile.read(NAME, compact, SmallNetworks.TASK);
    float[] weights = network.params().data().asFloat();
    float[] rounded = read.network().params().data().asFloat();
    assertEquals(weights.length, rounded.length);
    for (int i = 0; i < weights.length; i++) {
      assertEquals(weights[i], rounded[i], Math.abs(weights[i]) * 0x1p-11f + 0x1p-25f);
    }
    assertNotEquals(network.params(), read.network().params());
    assertArrayEquals(new String[] {"a", "b"}, read.entry("labels", String[].class));
  }

  @Test
  void manyWeightsAreRoundedFurther() throws IOException {
    Random random = new Random(5);
    float[] weights = new float[CompactWeights.LARGE + 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    weights[0] = 65504;
    weights[1] = -0.9999f;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      CompactWeights.write(Nd4j.createFromArray(weights), zip);
    }
    assertTrue(bytes.size() < 1.25 * weights.length, "" + bytes.size());
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    zip.getNextEntry();
    float[] rounded = CompactWeights.read(zip, 2L * weights.length).data().asFloat();
    for (int i = 0; i < weights.length; i++) {
      assertEquals(weights[i], rounded[i], Math.abs(weights[i]) * 0x1.1p-6f + 0x1p-20f);
    }
    assertEquals(65504, rounded[0]);
    assertEquals(-1, rounded[1]); // carries into the exponent
  }

  @Test
  void aFileIsReadAsWhatLiesInMemory() {
    assertEquals(
        ModelFile.read(folder.resolve("compact.zip"), SmallNetworks.TASK).network().params(),
        ModelFile.read(NAME, compact, SmallNetworks.TASK).network().params());
  }

  @Test
  void trainingGoesOnAsWithNewUpdater() {
    assertEquals(1, network.getIterationCount());
    ComputationGraph read = ModelFile.read(NAME, compact, SmallNetworks.TASK).network();
    assertEquals(0, read.getIterationCount());
    assertEquals(0, read.getEpochCount());
    ComputationGraph fresh = new ComputationGraph(network.getConfiguration().clone());
    fresh.init(read.params(), true);
    fresh.getConfiguration().setIterationCount(0);
    SmallNetworks.step(read);
    SmallNetworks.step(fresh);
    assertEquals(fresh.params(), read.params());
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again.zip");
    ModelFile.read(NAME, compact, SmallNetworks.TASK).writeCompact(again, SmallNetworks.TASK);
    assertArrayEquals(compact, Files.readAllBytes(again));
  }

  @Test
  void aWeightThatDoesNotFitIsRefused() {
    network.params().putScalar(3, 1e6);
    Path full = folder.resolve("large.zip");
    ModelFile.write(full, network, SmallNetworks.TASK, Map.of());
    ModelFile model = ModelFile.read(full, SmallNetworks.TASK);
    Path target = folder.resolve("large-compact.zip");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> model.writeCompact(target, SmallNetworks.TASK))
            .getMessage();
    assertTrue(message.contains("1000000.0"), message);
    assertTrue(Files.notExists(target));
  }

  @Test
  void aTruncatedFileAtAnyPlaceOfItsContentIsRefused() {
    byte[] whole = compact;
    int content = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    for (int length = 0; length < content; length += 13) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(ModelFileException.class, () -> ModelFile.read(NAME, cut, SmallNetworks.TASK));
    }
  }

  @Test
  void aChangedByteAnywhereIsNoticedOrDoesNoHarm() {
    ComputationGraph good = ModelFile.read(NAME, compact, SmallNetworks.TASK).network();
    int noticed = 0;
    for (int i = 0; i < compact.length; i += 17) {
      byte[] damaged = compact.clone();
      damaged[i] ^= 0x10;
      try {
        assertEquals(
            good.params(), ModelFile.read(NAME, damaged, SmallNetworks.TASK).network().params());
      } catch (ModelFileException e) {
        noticed++;
      }
    }
    assertTrue(noticed > compact.length / 17 / 2, noticed + " noticed");
  }

  @Test
  void otherWeightsThanTheNetworkHasAreRefused() throws IOException {
    assertSays("do not make a network", replaced(new byte[2 * 5]));
    assertSays("has 5 bytes, not two for each weight", replaced(new byte[5]));
    assertSays("has 0 bytes, not two for each weight", replaced(new byte[0]));
    byte[] infinite = new byte[2 * (int) network.numParams()];
    infinite[0] = 0x7c;
    assertSays("a weight is Infinity", replaced(infinite));
  }

  @Test
  void theSameNameTwiceIsRefused() throws IOException {
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(twice)) {
      zip.putNextEntry(new ZipEntry("labels.json"));
      zip.putNextEntry(new ZipEntry("labelx.json"));
    }
    String text = twice.toString(StandardCharsets.ISO_8859_1);
    assertSays(
        "holds labels.json twice",
        text.replace("labelx", "labels").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aNameThatLeadsElsewhereIsRefused() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("../labels.json"));
    }
    assertSays("it has an entry \"../labels.json\"", file.toByteArray());
  }

  @Test
  void moreThanIsAllowedInMemoryIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("x.json"));
      zip.write(new byte[1 << 20]);
    }
    String message =
        assertThrows(DamagedEntryException.class, () -> Archive.of(bomb.toByteArray(), 10, 1 << 19))
            .getMessage();
    assertTrue(message.contains("more than 10 entries or 524288 bytes"), message);
  }

  @Test
  void anotherTask() {
    assertThrows(ModelFileException.class, () -> ModelFile.read(NAME, compact, "text-generation"));
  }

  private byte[] replaced(byte[] weights) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(compact));
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(entry.getName().equals(CompactWeights.ENTRY) ? weights : from.readAllBytes());
      }
    }
    return out.toByteArray();
  }

  private static void assertSays(String expected, byte[] bytes) {
    String message =
        assertThrows(
                ModelFileException.class, () -> ModelFile.read(NAME, bytes, SmallNetworks.TASK))
            .getMessage();
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("small.zip"), message);
  }
}
