package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static List<String> run(String coreType) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("OPENBLAS_VERBOSE", "2"); // then it says which core it takes
    if (coreType != null) {
      environment.put("OPENBLAS_CORETYPE", coreType);
    }
    return ForkedJava.run(BlasCoreTest.class, List.of(), environment);
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
