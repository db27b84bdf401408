package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.layers.FusedKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * Who competes: a library, and with how many threads. The threads must be known before a library's
 * native code is loaded, so each entry has its own Java processes.
 *
 * @param library the library
 * @param threads how many threads it may use
 */
record Entry(Library library, int threads) {

  enum Library {
    OURS("ours"),
    /** Deeplearning4j as it is. It has no GRU and no RRNN: there, our own layer run by SameDiff. */
    STOCK("Deeplearning4j"),
    PYTORCH("PyTorch");

    private final String title;

    Library(String title) {
      this.title = title;
    }

    /** Its name in the tables. */
    String title() {
      return title;
    }
  }

  /** Every library with each number of threads. */
  static List<Entry> all(List<Integer> threads) {
    List<Entry> entries = new ArrayList<>();
    for (int n : threads) {
      for (Library library : Library.values()) {
        entries.add(new Entry(library, n));
      }
    }
    return entries;
  }

  /** Arguments for Java that set the number of threads, and whether our kernels are used. */
  List<String> javaArguments() {
    return switch (library) {
      case OURS -> List.of("-Drecurrentzoo.kernels=auto", "-Drecurrentzoo.threads=" + threads);
      case STOCK -> List.of("-Drecurrentzoo.kernels=off");
      case PYTORCH ->
          List.of(
              "-Dai.djl.pytorch.num_threads=" + threads, "-Dai.djl.pytorch.num_interop_threads=1");
    };
  }

  /**
   * OMP_NUM_THREADS. Our kernels have threads of their own; ND4J's operations beside them are
   * fastest on one.
   */
  int openMpThreads() {
    return library == Library.OURS ? 1 : threads;
  }

  /** Loads a problem, in a process that was started for this entry. */
  Contender load(Problem problem) {
    return switch (library) {
      case OURS -> {
        FusedKernels.prepare(); // before anything of ND4J, as the zoo does
        yield new OurContender(problem);
      }
      case STOCK -> new Deeplearning4jContender(problem, false);
      case PYTORCH -> new PyTorchContender(problem);
    };
  }
}
