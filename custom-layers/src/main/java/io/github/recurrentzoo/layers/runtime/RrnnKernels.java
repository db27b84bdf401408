package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.Kernels.Choice;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.Spec;
import java.util.Optional;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** The kernel of an {@link Rrnn}, where there is one. */
final class RrnnKernels {

  private RrnnKernels() {}

  static Choice choose(Rrnn conf, DataType dataType) {
    Optional<CellActivation> f = known(conf.getActivation());
    Optional<CellActivation> g = known(conf.getGateActivation());
    Optional<CellActivation> o = known(conf.getOutputActivation());
    if (f.isEmpty() || g.isEmpty() || o.isEmpty()) {
      String unknown =
          f.isEmpty()
              ? "activation " + conf.getActivation()
              : g.isEmpty()
                  ? "gate activation " + conf.getGateActivation()
                  : "output activation " + conf.getOutputActivation();
      return Kernels.unserved("kernels do not know its " + unknown, conf.getKernel());
    }
    Cell cell =
        new Cell.Rrnn(
            Math.toIntExact(conf.getNIn()),
            Math.toIntExact(conf.getNOut()),
            f.get(),
            g.get(),
            o.get(),
            conf.getStateCarry());
    if (conf.getDirection() != Direction.BOTH) {
      boolean forward = conf.getDirection() == Direction.FORWARD;
      return choose(cell, forward, conf, dataType);
    }
    Choice forward = choose(cell, true, conf, dataType);
    Choice backward = choose(cell, false, conf, dataType);
    return new Choice(
        forward.kernel().map(k -> new BothDirections(k, backward.kernel().orElseThrow())),
        forward.reason());
  }

  private static Choice choose(Cell cell, boolean forward, Rrnn conf, DataType dataType) {
    Spec spec = new Spec(cell, forward, conf.isReturnSequences());
    return Kernels.choose(spec, dataType, conf.getKernel());
  }

  private static Optional<CellActivation> known(Activation activation) {
    return CellActivation.of(activation.getActivationFunction());
  }

  /** The size of the output. */
  static long outputs(Rrnn conf) {
    return conf.getDirection() == Direction.BOTH ? 2 * conf.getNOut() : conf.getNOut();
  }
}
