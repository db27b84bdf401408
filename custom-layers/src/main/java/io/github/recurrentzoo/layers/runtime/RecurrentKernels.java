package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.kernel.Cell;
import io.github.recurrentzoo.layers.kernel.CellActivation;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.kernel.Kernels.Choice;
import io.github.recurrentzoo.layers.kernel.RecurrentKernel.Spec;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** The kernel of a {@link RecurrentSameDiffLayer}, where there is one. */
final class RecurrentKernels {

  private RecurrentKernels() {}

  static Choice choose(RecurrentSameDiffLayer conf, DataType dataType) {
    return choose(conf, dataType, conf.isReturnSequences());
  }

  /** The same with another output than the configuration says. */
  static Choice choose(RecurrentSameDiffLayer conf, DataType dataType, boolean sequences) {
    for (Map.Entry<String, Activation> entry : conf.activations().entrySet()) {
      if (CellActivation.of(entry.getValue().getActivationFunction()).isEmpty()) {
        String unknown = entry.getKey() + " " + entry.getValue();
        return Kernels.unserved("kernels do not know its " + unknown, conf.getKernel());
      }
    }
    Optional<Cell> cell = conf.cell();
    if (cell.isEmpty()) {
      return Kernels.unserved(
          "there is none for " + conf.getClass().getSimpleName(), conf.getKernel());
    }
    if (conf.getDirection() != Direction.BOTH) {
      boolean forward = conf.getDirection() == Direction.FORWARD;
      return choose(new Spec(cell.get(), forward, sequences), conf, dataType);
    }
    Choice forward = choose(new Spec(cell.get(), true, sequences), conf, dataType);
    Choice backward = choose(new Spec(cell.get(), false, sequences), conf, dataType);
    return new Choice(
        forward.kernel().map(k -> new BothDirections(k, backward.kernel().orElseThrow())),
        forward.reason());
  }

  private static Choice choose(Spec spec, RecurrentSameDiffLayer conf, DataType dataType) {
    return Kernels.choose(spec, dataType, conf.getKernel());
  }
}
