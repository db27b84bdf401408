package io.github.recurrentzoo.layers.kernel;

import java.util.function.Function;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A way to make kernels, under test.
 *
 * @param type of the arrays
 * @param tolerance for numbers about 1 that may differ by their rounding
 */
record Candidate(
    String name,
    DataType type,
    double tolerance,
    Function<RecurrentKernel.Spec, RecurrentKernel> maker) {

  private static final double FLOAT = 1e-5;

  /** The fused kernel, as many rows in as many threads as may be, however small. */
  static Candidate fused(int threads) {
    return new Candidate(
        "fused, threads: " + threads,
        DataType.FLOAT,
        FLOAT,
        spec -> new FusedKernel(spec, threads, 1));
  }

  static Stream<Candidate> all() {
    return Stream.of(
        new Candidate("reference", DataType.DOUBLE, 1e-12, spec -> spec.cell().reference(spec)),
        fused(1),
        fused(2),
        fused(3));
  }

  RecurrentKernel make(KernelCase kase) {
    return maker.apply(kase.spec());
  }

  @Override
  public String toString() {
    return name;
  }
}
