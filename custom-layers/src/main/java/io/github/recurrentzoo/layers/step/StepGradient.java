package io.github.recurrentzoo.layers.step;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradients of a {@link TrainingStep}, for listeners and updaters: those by embeddings are
 * written into the network's array when somebody asks.
 */
final class StepGradient extends DefaultGradient {

  private static final long serialVersionUID = 1L;

  private final transient Runnable writeRows;
  private boolean complete;

  /**
   * The gradients of a network.
   *
   * @param flat all of them, as the network has them
   * @param writeRows writes those that are held elsewhere
   */
  StepGradient(INDArray flat, Runnable writeRows) {
    super(flat);
    this.writeRows = writeRows;
  }

  /** There are new ones. */
  void renew() {
    complete = false;
  }

  private void complete() {
    if (!complete && writeRows != null) {
      complete = true;
      writeRows.run();
    }
  }

  @Override
  public Map<String, INDArray> gradientForVariable() {
    complete();
    return super.gradientForVariable();
  }

  @Override
  public INDArray gradient(List<String> order) {
    complete();
    return super.gradient(order);
  }

  @Override
  public INDArray gradient() {
    complete();
    return super.gradient();
  }

  @Override
  public INDArray getGradientFor(String variable) {
    complete();
    return super.getGradientFor(variable);
  }
}
