package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.AdamStep;
import io.github.recurrentzoo.layers.kernel.EmbeddingGradient;
import io.github.recurrentzoo.layers.kernel.FusedAdam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The end of a {@link TrainingStep} where all parameters that learn have Adam: one pass over
 * parameters, gradients and the state of Deeplearning4j's updater, which stays where it is.
 */
final class StepUpdate {

  /** A parameter of a vertex. */
  private record Param(
      AdamStep.Part part, Trainable vertex, String name, GradientUpdater<?> updater) {}

  private final List<Param> params;
  private final AdamStep step;

  private StepUpdate(List<Param> params) {
    this.params = params;
    this.step = new AdamStep(params.stream().map(Param::part).toList());
  }

  /**
   * For the updater of a network.
   *
   * @param rows the gradients that are not in the network's array, by vertex
   * @return empty if the updater is to do it itself
   */
  static Optional<StepUpdate> of(
      BaseMultiLayerUpdater<?> updater, Map<String, EmbeddingGradient> rows) {
    List<Param> params = new ArrayList<>();
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      boolean frozen =
          block.getLayersAndVariablesInBlock().stream()
              .allMatch(
                  state ->
                      state.getLayer() instanceof FrozenVertex
                          || StepGraph.staysAsItIs(state.getLayer()));
      if (frozen) {
        continue; // nothing moves there
      }
      GradientUpdater<?> of = block.getGradientUpdater();
      INDArray m = of instanceof FusedAdam fused ? fused.firstMoment() : moment(of, true);
      INDArray v = of instanceof FusedAdam fused ? fused.secondMoment() : moment(of, false);
      if (m == null || v == null || m.length() > FusedAdam.MAX_PARAMETERS) {
        return Optional.empty();
      }
      for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
        if (!serves(state.getLayer(), state.getParamName())) {
          return Optional.empty();
        }
        Param param = param(state, block.getParamOffsetStart(), of, flat(m), flat(v));
        param.part().setRows(rows.get(((GraphVertex) state.getLayer()).getVertexName()));
        params.add(param);
      }
    }
    return Optional.of(new StepUpdate(params));
  }

  private static INDArray moment(GradientUpdater<?> updater, boolean first) {
    return updater instanceof AdamUpdater adam ? (first ? adam.getM() : adam.getV()) : null;
  }

  private static INDArray flat(INDArray array) {
    return array.reshape(array.length());
  }

  private static Param param(
      UpdaterBlock.ParamState state,
      int blockStart,
      GradientUpdater<?> updater,
      INDArray m,
      INDArray v) {
    var range =
        NDArrayIndex.interval(
            state.getParamOffsetStart() - blockStart, state.getParamOffsetEnd() - blockStart);
    INDArray parameter = state.getLayer().paramTable(false).get(state.getParamName());
    AdamStep.Part part =
        new AdamStep.Part(
            flat(state.getParamView()),
            flat(state.getGradView()),
            m.get(range),
            v.get(range),
            parameter.rank() == 2 && parameter.stride(0) == 1 && parameter.size(0) > 1);
    return new Param(part, state.getLayer(), state.getParamName(), updater);
  }

  /** Whether clipping and penalties of a parameter are those that the kernel has. */
  private static boolean serves(Trainable vertex, String name) {
    GradientNormalization clipping = vertex.getConfig().getGradientNormalization();
    boolean clips =
        clipping == null
            || clipping == GradientNormalization.None
            || clipping == GradientNormalization.ClipL2PerLayer
            || clipping == GradientNormalization.ClipElementWiseAbsoluteValue;
    List<Regularization> penalties = vertex.getConfig().getRegularizationByParam(name);
    return clips
        && vertex instanceof GraphVertex
        && vertex.updaterDivideByMinibatch(name)
        && (penalties == null
            || penalties.stream()
                .allMatch(
                    penalty ->
                        penalty.getClass() == L1Regularization.class
                            || penalty.getClass() == L2Regularization.class));
  }

  /** Whether the arrays are still there. */
  boolean isOpen() {
    return params.stream().allMatch(param -> param.part().isOpen());
  }

  /** The penalties in the loss, of the parameters as they are. */
  double penalty(int iteration, int epoch) {
    double sum = 0;
    for (Param param : params) {
      setPenalties(param, iteration, epoch);
      sum += param.part().penalty();
    }
    return sum;
  }

  /**
   * Does the step.
   *
   * @param rows of the minibatch
   */
  void run(int rows, int iteration, int epoch) {
    GradientUpdater<?> last = null;
    AdamStep.Rates rates = null;
    for (int i = 0; i < params.size(); i++) {
      Param param = params.get(i);
      if (param.updater() != last) {
        last = param.updater();
        rates = FusedAdam.rates((Adam) last.getConfig(), iteration, epoch);
      }
      param.part().setRates(rates);
      setPenalties(param, iteration, epoch);
      if (i == 0 || params.get(i - 1).vertex() != param.vertex()) {
        setClipping(param.vertex(), i, rows);
      }
    }
    step.run(rows);
  }

  private static void setPenalties(Param param, int iteration, int epoch) {
    double l1 = 0;
    double l2 = 0;
    List<Regularization> penalties =
        param.vertex().getConfig().getRegularizationByParam(param.name());
    if (penalties != null) {
      for (Regularization penalty : penalties) {
        if (penalty instanceof L1Regularization first) {
          l1 += first.getL1().valueAt(iteration, epoch);
        } else if (penalty instanceof L2Regularization second) {
          l2 += second.getL2().valueAt(iteration, epoch);
        }
      }
    }
    param.part().setPenalties(l1, l2);
  }

  /** For all parameters of a vertex, from the first one on. */
  private void setClipping(Trainable vertex, int first, int rows) {
    GradientNormalization clipping = vertex.getConfig().getGradientNormalization();
    double threshold = vertex.getConfig().getGradientNormalizationThreshold();
    double factor = 1;
    int end = first;
    double squares = 0;
    for (; end < params.size() && params.get(end).vertex() == vertex; end++) {
      if (clipping == GradientNormalization.ClipL2PerLayer) {
        squares += params.get(end).part().gradientSquares();
      }
    }
    double norm = Math.sqrt(squares) / rows;
    if (norm > threshold && clipping == GradientNormalization.ClipL2PerLayer) {
      factor = threshold / norm;
    }
    double limit = clipping == GradientNormalization.ClipElementWiseAbsoluteValue ? threshold : 0;
    for (int i = first; i < end; i++) {
      params.get(i).part().setClipping(factor, limit);
    }
  }
}
