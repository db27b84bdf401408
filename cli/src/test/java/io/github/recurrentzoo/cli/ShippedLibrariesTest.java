package io.github.recurrentzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.CrashReportingUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What docs/security.md says of the class path. */
class ShippedLibrariesTest {

  @TempDir private Path folder;

  private static final List<String> JARS =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(entry -> Path.of(entry).getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .toList();

  @Test
  void whatIsNeverUsedIsNotThere() {
    List<String> unused =
        List.of(
            "deeplearning4j-core",
            "deeplearning4j-modelimport",
            "deeplearning4j-ui",
            "freemarker",
            "opencsv",
            "commons-net",
            "commons-compress",
            "gson",
            "oshi",
            "jna",
            "joda-time",
            "fastutil",
            "stream-",
            "t-digest",
            "javax.");
    assertEquals(
        List.of(), JARS.stream().filter(jar -> unused.stream().anyMatch(jar::startsWith)).toList());
    assertTrue(JARS.stream().anyMatch(jar -> jar.startsWith("deeplearning4j-nn")), "jars: " + JARS);
  }

  @Test
  void versionsWithAdvisoriesAreOverridden() {
    assertTrue(JARS.contains("commons-io-2.21.0.jar"), JARS.toString());
    assertTrue(JARS.contains("commons-lang3-3.20.0.jar"), JARS.toString());
  }

  /** Deeplearning4j writes a dump when memory runs out, with the hardware if oshi is there. */
  @Test
  void aDumpDoesWithoutOshi() throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(2).nOut(2).build())
                .build());
    network.init();
    CrashReportingUtil.crashDumpOutputDirectory(folder.toFile());
    CrashReportingUtil.writeMemoryCrashDump(network, new OutOfMemoryError("as a test"));
    CrashReportingUtil.crashDumpOutputDirectory(null);
    try (Stream<Path> dumps = Files.list(folder)) {
      assertTrue(Files.readString(dumps.findFirst().orElseThrow()).contains("as a test"));
    }
  }
}
