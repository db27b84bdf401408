package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.factory.Nd4j;

class BlasCoreTest {

  private static final String AVX512 =
      "flags : fpu avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl";

  @Test
  void onlyAmdWithAvx512IsOverlooked() {
    assertTrue(BlasCore.isOverlooked(List.of("vendor_id\t: AuthenticAMD", AVX512)));
    assertFalse(BlasCore.isOverlooked(List.of("vendor_id\t: GenuineIntel", AVX512)));
    assertFalse(BlasCore.isOverlooked(List.of("vendor_id\t: AuthenticAMD", "flags : avx2 fma")));
    assertFalse(BlasCore.isOverlooked(List.of("CPU implementer : 0x41")));
    assertFalse(BlasCore.isOverlooked(List.of()));
  }

  /** What a process does that prepares before it uses ND4J. */
  public static void main(String[] args) {
    BlasCore.prepare();
    BlasCore.prepare();
    float sum = Nd4j.ones(64, 64).mmul(Nd4j.ones(64, 64)).sumNumber().floatValue();
    System.out.println("sum " + sum);
  }

  private static List<String> run(String coreType) throws IOException, InterruptedException {
    Path output = Files.createTempFile("blas-core", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-classpath",
              System.getProperty("java.class.path"),
              BlasCoreTest.class.getName());
      builder.environment().put("OPENBLAS_VERBOSE", "2"); // then it says which core it takes
      builder.environment().remove("OPENBLAS_CORETYPE");
      if (coreType != null) {
        builder.environment().put("OPENBLAS_CORETYPE", coreType);
      }
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      assertEquals(0, builder.start().waitFor(), Files.readString(output));
      List<String> lines = new ArrayList<>();
      Files.readAllLines(output).stream()
          .filter(line -> line.startsWith("Core: ") || line.startsWith("sum "))
          .forEach(lines::add);
      return lines;
    } finally {
      Files.delete(output);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void openBlasTakesAvx512WhereItIsOverlooked() throws Exception {
    List<String> lines = run(null);
    assertTrue(lines.contains("sum 262144.0"), lines.toString());
    boolean overlooked = BlasCore.isOverlooked(Files.readAllLines(Path.of("/proc/cpuinfo")));
    if (overlooked) {
      assertTrue(lines.contains("Core: SkylakeX"), lines.toString());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void whatTheUserHasSetStands() throws Exception {
    List<String> lines = run("Prescott");
    assertTrue(lines.contains("Core: Prescott"), lines.toString());
    assertTrue(lines.contains("sum 262144.0"), lines.toString());
  }
}
