package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.LuongAttentionVertex;
import io.github.recurrentzoo.layers.kernel.AttentionKernel;
import io.github.recurrentzoo.layers.kernel.AttentionKernel.Parameters;
import io.github.recurrentzoo.layers.kernel.Kernels;
import io.github.recurrentzoo.layers.runtime.LuongAttentionRuntimeVertex;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Attention over the states of an encoder in a {@link TrainingStep}. */
final class StepAttention extends StepNode {

  /**
   * A vertex, as this class sees it.
   *
   * @param configuration what was configured
   * @param parameters holds the parameters
   * @param gradients where those by the parameters go, by key
   * @param queryMask the network input whose mask the queries have; -1 for none
   * @param stateMask the same for the states
   */
  record Host(
      LuongAttentionVertex configuration,
      Trainable parameters,
      Map<String, INDArray> gradients,
      int queryMask,
      int stateMask) {}

  private final Host host;
  private final AttentionKernel kernel = Kernels.attention(DataType.FLOAT);
  private final KeptArray kept = new KeptArray();
  private final List<KeptArray> byInputs;

  /**
   * A vertex above others.
   *
   * @param below the queries, then the states in one part or several
   */
  StepAttention(List<StepNode> below, Host host) {
    super(below);
    this.host = host;
    this.byInputs = below.stream().map(node -> new KeptArray()).toList();
    setLearns();
  }

  private List<StepNode> states() {
    return allBelow().subList(1, allBelow().size());
  }

  @Override
  int[] maskInputs() {
    return below().maskInputs(); // there is an output for each query
  }

  @Override
  StepShape prepare(StepPass pass) throws Unserved {
    StepShape queries = below().shape();
    StepShape first = states().get(0).shape();
    boolean fits =
        queries.isSequence()
            && first.isSequence()
            && queries.size() == host.configuration().getQuerySize();
    long size = 0;
    for (StepNode part : states()) {
      StepShape shape = part.shape();
      fits &= shape.rows() == queries.rows() && shape.steps() == first.steps();
      size += shape.size();
    }
    if (!fits || size != host.configuration().getStateSize()) {
      throw new Unserved("the attention's inputs have other shapes than expected");
    }
    INDArray queryMask = mask(pass, host.queryMask());
    if (queryMask != null) {
      StepPass.requireMask(queryMask, queries);
    }
    pass.lengths(mask(pass, host.stateMask()), first); // each row has a state
    return new StepShape(queries.rows(), host.configuration().getOutputSize(), queries.steps());
  }

  private static INDArray mask(StepPass pass, int input) {
    return input < 0 ? null : pass.inputMask(input);
  }

  @Override
  void forward(StepPass pass) {
    setOutput(kept.as(shape()));
    AttentionKernel.Input input =
        new AttentionKernel.Input(
            below().output(),
            states().stream().map(StepNode::output).toList(),
            mask(pass, host.queryMask()),
            mask(pass, host.stateMask()),
            0);
    kernel.forward(
        LuongAttentionRuntimeVertex.parameters(host.parameters().paramTable(false)),
        input,
        output(),
        learns());
  }

  @Override
  void backward(StepPass pass) {
    List<INDArray> gradients = new ArrayList<>();
    for (int i = 0; i < byInputs.size(); i++) {
      gradients.add(byInputs.get(i).as(allBelow().get(i).shape()));
    }
    Parameters byParameters = LuongAttentionRuntimeVertex.parameters(host.gradients());
    kernel.backward(
        epsilon(), byParameters, gradients.get(0), gradients.subList(1, gradients.size()));
    for (int i = 0; i < gradients.size(); i++) {
      if (allBelow().get(i).learns()) {
        allBelow().get(i).addEpsilon(gradients.get(i));
      }
    }
  }

  @Override
  void end() {
    super.end();
    kernel.dropTape();
  }
}
