package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class PhysicalMemoryTest {

  /** What a process does that prepares before it uses ND4J. */
  public static void main(String[] args) {
    FusedKernels.prepare();
    System.out.println("prepared");
    Nd4j.ones(3).addi(1);
    System.out.println("limit " + Pointer.maxPhysicalBytes());
  }

  @Test
  void javaCppNoLongerLooks() throws Exception {
    List<String> lines = ForkedJava.run(PhysicalMemoryTest.class, List.of(), Map.of());
    assertTrue(lines.contains("limit 0"), lines.toString());
  }

  /** Else the thread that looks and one that uses ND4J may wait for each other for ever. */
  @Test
  void javaCppIsInitializedBeforeThereIsAnotherThread() throws Exception {
    List<String> lines =
        ForkedJava.run(PhysicalMemoryTest.class, List.of("-Xlog:class+init=info"), Map.of());
    int initialized =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).contains("Initializing 'org/bytedeco/javacpp/Pointer'"))
            .findFirst()
            .orElseThrow();
    assertTrue(initialized < lines.indexOf("prepared"), "line " + initialized);
  }

  /** A process that prepares when ND4J is there already. */
  public static final class TooLate {
    private TooLate() {}

    /** As above. */
    public static void main(String[] args) {
      Nd4j.ones(3).addi(1);
      FusedKernels.prepare();
    }
  }

  @Test
  void thatItComesTooLateIsSaid() throws Exception {
    String late = String.join("\n", ForkedJava.run(TooLate.class, List.of(), Map.of()));
    assertTrue(late.contains("prepare() comes too late"), late);
    String inTime =
        String.join("\n", ForkedJava.run(PhysicalMemoryTest.class, List.of(), Map.of()));
    assertFalse(inTime.contains("too late"), inTime);
  }

  @Test
  void whatTheUserHasSetStands() throws Exception {
    for (String property :
        List.of("org.bytedeco.javacpp.maxPhysicalBytes", "org.bytedeco.javacpp.maxphysicalbytes")) {
      List<String> lines =
          ForkedJava.run(PhysicalMemoryTest.class, List.of("-D" + property + "=5g"), Map.of());
      assertTrue(lines.contains("limit " + 5L * 1024 * 1024 * 1024), lines.toString());
    }
  }

  /**
   * Memory that only garbage collection frees, far beyond the limit, with a heap that needs none.
   */
  public static final class Filling {
    private Filling() {}

    /** Makes arrays of 3 GB in whole, of which nothing is held. */
    public static void main(String[] args) throws InterruptedException {
      FusedKernels.prepare();
      long largest = 0;
      for (int i = 0; i < 150; i++) {
        Nd4j.ones(5_000_000); // 20 MB
        largest = Math.max(largest, Pointer.physicalBytes());
        Thread.sleep(20);
      }
      System.out.println("limited " + (largest < 2_000_000_000L) + " " + largest);
    }
  }

  @Test
  void garbageIsCollectedBeyondTheLimit() throws Exception {
    // The limit is JavaCPP's: four times the heap.
    List<String> lines = ForkedJava.run(Filling.class, List.of("-Xmx200m"), Map.of());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("limited true")), lines.toString());
  }
}
