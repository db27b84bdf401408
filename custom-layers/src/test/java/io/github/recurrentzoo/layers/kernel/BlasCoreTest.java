package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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
    Random random = new Random(1);
    double[] worst = new double[2];
    for (int i = 0; i < 200; i++) {
      int most = i % 20 == 0 ? 300 : 70;
      int m = 1 + random.nextInt(most);
      int n = 1 + random.nextInt(most);
      int k = 1 + random.nextInt(most);
      worst[0] = Math.max(worst[0], error(DataType.FLOAT, m, n, k, random) / k);
      worst[1] = Math.max(worst[1], error(DataType.DOUBLE, m, n, k, random) / k);
    }
    System.out.println("products " + (worst[0] < 1e-6) + " " + (worst[1] < 1e-14));
  }

  /** The largest difference of a product from plain loops in double. */
  private static double error(DataType type, int m, int n, int k, Random random) {
    INDArray a = Nd4j.create(type, new long[] {m, k}, random.nextBoolean() ? 'c' : 'f');
    INDArray b = Nd4j.create(type, new long[] {k, n}, random.nextBoolean() ? 'c' : 'f');
    fill(a, random);
    fill(b, random);
    double[][] x = a.castTo(DataType.DOUBLE).toDoubleMatrix();
    double[][] y = b.castTo(DataType.DOUBLE).toDoubleMatrix();
    double[][] z = a.mmul(b).castTo(DataType.DOUBLE).toDoubleMatrix();
    double worst = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += x[i][l] * y[l][j];
        }
        worst = Math.max(worst, Math.abs(sum - z[i][j]));
      }
    }
    return worst;
  }

  private static void fill(INDArray array, Random random) {
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextDouble() - 0.5);
    }
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
    assertTrue(lines.contains("products true true"), lines.toString());
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
    assertTrue(lines.contains("products true true"), lines.toString());
  }
}
