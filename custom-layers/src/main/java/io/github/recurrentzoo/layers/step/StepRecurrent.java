package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.RecurrentKernel;
import io.github.recurrentzoo.layers.runtime.KernelRunner;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recurrent layer in a {@link TrainingStep}: all steps, or the last one of each row only. */
final class StepRecurrent extends StepNode {

  /**
   * A layer, as this class sees it.
   *
   * @param layer holds parameters and mask
   * @param runner runs its kernel
   * @param gradients where those by the parameters go
   * @param inputs D
   * @param outputs the size of the output
   * @param carry the state from segment to segment of truncated BPTT; null without that
   */
  record Host(
      Layer layer,
      KernelRunner runner,
      Supplier<Map<String, INDArray>> gradients,
      long inputs,
      long outputs,
      StepCarry carry) {}

  private final Host host;
  private final StepDropout dropout;
  private final KeptArray kept = new KeptArray();
  private final KeptArray byInput = new KeptArray();
  private final KeptArray byTable = new KeptArray();

  StepRecurrent(List<StepNode> below, Host host, StepDropout dropout) {
    super(below);
    this.host = host;
    this.dropout = dropout;
    setLearns();
  }

  /**
   * What the layer masks its steps by, or null: the mask of the network's input, of which
   * Deeplearning4j may have handed on a copy in another type. It gives none to an LSTM, whose last
   * step is nevertheless that of the mask.
   */
  INDArray mask(StepPass pass) {
    boolean masks = isLastStepOnly() || host.layer().getMaskArray() != null;
    return masks ? pass.commonMask(maskInputs()) : null;
  }

  /** Whether the output is that of the last step of each row. */
  boolean isLastStepOnly() {
    return !returnsSequences();
  }

  private boolean returnsSequences() {
    return host.runner().kernel().spec().returnSequences();
  }

  @Override
  boolean readsTables() {
    return dropout.isNone() && host.runner().kernel().readsTables();
  }

  @Override
  StepShape prepare(StepPass pass) throws Unserved {
    StepShape input = below().shape();
    if (!input.isSequence() || input.size() != host.inputs() || input.rows() == 0) {
      throw new Unserved("a recurrent layer's input has another shape than expected");
    }
    if (below().output() != null && below().output().dataType() != DataType.FLOAT) {
      throw new Unserved("a recurrent layer's input is not FLOAT");
    }
    INDArray mask = mask(pass);
    if (mask == null && host.layer().getMaskArray() != null) {
      throw new Unserved("a recurrent layer has another mask than the network's input");
    }
    if (mask != null) {
      pass.lengths(mask, input);
    }
    if (host.carry() != null) {
      host.carry().prepare(input.rows());
    }
    return new StepShape(input.rows(), host.outputs(), returnsSequences() ? input.steps() : 0);
  }

  @Override
  void forward(StepPass pass) {
    setOutput(kept.as(shape()));
    StepTable table = below().table();
    INDArray input =
        table == null ? dropout.apply(below().output(), below().shape(), pass) : table.rows();
    StepCarry carry = host.carry();
    host.runner()
        .step(
            new RecurrentKernel.Forward(
                host.layer().paramTable(),
                input,
                table == null ? null : table.places(),
                mask(pass),
                carry == null ? null : carry.initial(),
                output(),
                carry == null ? null : carry.last(),
                learns()));
    if (carry != null) {
      carry.store();
    }
  }

  @Override
  void backward(StepPass pass) {
    StepTable table = below().table();
    boolean wanted = below().learns() || table == null;
    INDArray inputGradient =
        !wanted ? null : table == null ? byInput.as(below().shape()) : byTable.as(table.shape());
    host.runner()
        .stepBack(
            new RecurrentKernel.Backward(epsilon(), host.gradients().get(), inputGradient, null));
    if (!below().learns()) {
      return;
    }
    dropout.back(inputGradient, pass);
    below().addEpsilon(inputGradient);
  }

  @Override
  void end() {
    super.end();
    host.runner().clear();
  }
}
