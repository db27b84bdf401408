package io.github.recurrentzoo.layers.step;

import io.github.recurrentzoo.layers.kernel.PoolingKernel;
import io.github.recurrentzoo.layers.kernel.VertexKernel;
import io.github.recurrentzoo.layers.step.StepPass.Unserved;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The vertices of a {@link TrainingStep} that have no parameters. */
final class StepVertices {

  private StepVertices() {}

  /** An input of the network. */
  static final class Input extends StepNode {
    private final int index;

    Input(int index) {
      super(List.of());
      this.index = index;
    }

    @Override
    int[] maskInputs() {
      return new int[] {index};
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      INDArray input = pass.graph().getInput(index);
      if (input == null || input.rank() < 2 || input.rank() > 3) {
        throw new Unserved("an input has another rank than 2 or 3");
      }
      setOutput(input);
      return new StepShape(
          input.size(0), input.size(1), input.rank() == 3 ? Math.max(1, input.size(2)) : 0);
    }

    @Override
    void forward(StepPass pass) {}

    @Override
    void backward(StepPass pass) {}
  }

  /** The last step of each row, of a layer that computes all of them. */
  static final class LastStep extends StepNode {
    private final int maskIndex;
    private final KeptArray kept = new KeptArray();
    private final KeptArray byInput = new KeptArray();
    private int[] lengths = {};

    LastStep(List<StepNode> below, int maskIndex) {
      super(below);
      this.maskIndex = maskIndex;
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      StepShape input = requireSequence(below().shape());
      lengths = pass.lengths(pass.inputMask(maskIndex), input);
      return new StepShape(input.rows(), input.size(), 0);
    }

    @Override
    void forward(StepPass pass) {
      setOutput(kept.as(shape()));
      VertexKernel.last(below().output(), lengths, output());
    }

    @Override
    void backward(StepPass pass) {
      INDArray gradient = byInput.as(below().shape());
      VertexKernel.clear(gradient);
      VertexKernel.lastGradient(epsilon(), lengths, gradient);
      below().addEpsilon(gradient);
    }
  }

  /** The last step of each row, of a layer that computes no others. */
  static final class SameStep extends StepNode {
    private final StepRecurrent layer;
    private final int maskIndex;

    SameStep(StepRecurrent layer, int maskIndex) {
      super(List.of(layer));
      this.layer = layer;
      this.maskIndex = maskIndex;
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      if (pass.inputMask(maskIndex) != layer.mask(pass)) {
        throw new Unserved("a layer and its final state have different masks");
      }
      return layer.shape();
    }

    @Override
    void forward(StepPass pass) {
      setOutput(layer.output());
    }

    @Override
    void backward(StepPass pass) {
      layer.addEpsilon(epsilon());
    }
  }

  /** The steps of each row turned round. */
  static final class Reversed extends StepNode {
    private final int maskIndex; // -1 for none
    private final KeptArray kept = new KeptArray();
    private final KeptArray byInput = new KeptArray();
    private int[] lengths = {};
    private boolean readAsTable;

    Reversed(List<StepNode> below, int maskIndex) {
      super(below);
      this.maskIndex = maskIndex;
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      StepShape input = requireSequence(below().shape());
      lengths = pass.lengths(maskIndex < 0 ? null : pass.inputMask(maskIndex), input);
      return input;
    }

    @Override
    boolean readsTables() {
      return readAsTable;
    }

    @Override
    void setReadAsTable(boolean all) {
      readAsTable = all;
    }

    @Override
    void forward(StepPass pass) {
      StepTable table = below().table();
      if (table == null) {
        setTable(null);
        setOutput(kept.as(shape()));
        reverse(below().output(), output());
      } else {
        setOutput(null);
        setTable(new StepTable(table.rows(), reversed(table)));
      }
    }

    private int[] reversed(StepTable table) {
      int steps = (int) shape().steps();
      int[] from = table.places();
      int[] to = new int[from.length];
      Arrays.fill(to, table.zeros());
      for (int row = 0; row < lengths.length; row++) {
        for (int t = 0; t < lengths[row]; t++) {
          to[row * steps + t] = from[row * steps + lengths[row] - 1 - t];
        }
      }
      return to;
    }

    @Override
    void backward(StepPass pass) {
      if (below().table() != null) {
        below().addEpsilon(epsilon()); // by the same rows
        return;
      }
      INDArray gradient = byInput.as(shape());
      reverse(epsilon(), gradient);
      below().addEpsilon(gradient);
    }

    private void reverse(INDArray from, INDArray to) {
      VertexKernel.clear(to);
      VertexKernel.reverse(from, lengths, to);
    }
  }

  /** Outputs side by side. */
  static final class Merge extends StepNode {
    private final KeptArray kept = new KeptArray();
    private final List<KeptArray> byInput;

    Merge(List<StepNode> below) {
      super(below);
      byInput = below.stream().map(node -> new KeptArray()).toList();
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      StepShape first = below().shape();
      long size = 0;
      for (StepNode node : allBelow()) {
        StepShape shape = node.shape();
        if (shape.rows() != first.rows() || shape.steps() != first.steps()) {
          throw new Unserved("inputs that are merged differ in shape");
        }
        size += shape.size();
      }
      return new StepShape(first.rows(), size, first.steps());
    }

    @Override
    void forward(StepPass pass) {
      setOutput(kept.as(shape()));
      int at = 0;
      for (StepNode node : allBelow()) {
        int size = (int) node.shape().size();
        VertexKernel.copyUnits(node.output(), 0, output(), at, size);
        at += size;
      }
    }

    @Override
    void backward(StepPass pass) {
      int at = 0;
      for (int i = 0; i < byInput.size(); i++) {
        StepNode node = allBelow().get(i);
        int size = (int) node.shape().size();
        if (node.learns()) {
          INDArray gradient = byInput.get(i).as(node.shape());
          VertexKernel.copyUnits(epsilon(), at, gradient, 0, size);
          node.addEpsilon(gradient);
        }
        at += size;
      }
    }
  }

  /** A vector beside each step of a sequence. */
  static final class Context extends StepNode {
    private final KeptArray kept = new KeptArray();
    private final KeptArray bySequence = new KeptArray();
    private final KeptArray byContext = new KeptArray();

    /**
     * A vertex above two others.
     *
     * @param below the sequence and the vector
     */
    Context(List<StepNode> below) {
      super(below);
    }

    private StepNode context() {
      return allBelow().get(1);
    }

    @Override
    int[] maskInputs() {
      return below().maskInputs(); // the vector has no steps, whatever it was made of
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      StepShape sequence = requireSequence(below().shape());
      StepShape vector = context().shape();
      if (vector.isSequence() || vector.rows() != sequence.rows()) {
        throw new Unserved("a context is no vector for each row");
      }
      return new StepShape(sequence.rows(), sequence.size() + vector.size(), sequence.steps());
    }

    @Override
    void forward(StepPass pass) {
      setOutput(kept.as(shape()));
      VertexKernel.append(below().output(), context().output(), output());
    }

    @Override
    void backward(StepPass pass) {
      INDArray sequence = bySequence.as(below().shape());
      INDArray vector = byContext.as(context().shape());
      VertexKernel.appendGradient(epsilon(), sequence, vector);
      if (below().learns()) {
        below().addEpsilon(sequence);
      }
      if (context().learns()) {
        context().addEpsilon(vector);
      }
    }
  }

  /** Some of the units. */
  static final class Subset extends StepNode {
    private final int from;
    private final int count;
    private final KeptArray kept = new KeptArray();
    private final KeptArray byInput = new KeptArray();

    Subset(List<StepNode> below, int from, int count) {
      super(below);
      this.from = from;
      this.count = count;
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      StepShape input = below().shape();
      if (from + count > input.size()) {
        throw new Unserved("units are read that are not there");
      }
      return new StepShape(input.rows(), count, input.steps());
    }

    @Override
    void forward(StepPass pass) {
      setOutput(kept.as(shape()));
      VertexKernel.copyUnits(below().output(), from, output(), 0, count);
    }

    @Override
    void backward(StepPass pass) {
      INDArray gradient = byInput.as(below().shape());
      VertexKernel.clear(gradient);
      VertexKernel.copyUnits(epsilon(), 0, gradient, from, count);
      below().addEpsilon(gradient);
    }
  }

  /** Concat pooling. */
  static final class Pooling extends StepNode {
    private final int maskIndex;
    private final boolean bidirectional;
    private final KeptArray kept = new KeptArray();
    private final KeptArray byInput = new KeptArray();
    private int[] lengths = {};
    private int[] largest = {};

    Pooling(List<StepNode> below, int maskIndex, boolean bidirectional) {
      super(below);
      this.maskIndex = maskIndex;
      this.bidirectional = bidirectional;
    }

    @Override
    StepShape prepare(StepPass pass) throws Unserved {
      StepShape input = requireSequence(below().shape());
      lengths = pass.lengths(pass.inputMask(maskIndex), input);
      return new StepShape(input.rows(), 3 * input.size(), 0);
    }

    private int forwardUnits() {
      int size = (int) below().shape().size();
      return bidirectional ? size / 2 : size;
    }

    @Override
    void forward(StepPass pass) {
      setOutput(kept.as(shape()));
      largest = PoolingKernel.pool(below().output(), lengths, forwardUnits(), output());
    }

    @Override
    void backward(StepPass pass) {
      INDArray gradient = byInput.as(below().shape());
      PoolingKernel.gradient(epsilon(), lengths, forwardUnits(), largest, gradient);
      below().addEpsilon(gradient);
    }
  }

  /** Dropout by itself. */
  static final class Thinned extends StepNode {
    private final StepDropout dropout;

    Thinned(List<StepNode> below, StepDropout dropout) {
      super(below);
      this.dropout = dropout;
    }

    @Override
    StepShape prepare(StepPass pass) {
      return below().shape();
    }

    @Override
    void forward(StepPass pass) {
      setOutput(dropout.apply(below().output(), shape(), pass));
    }

    @Override
    void backward(StepPass pass) {
      dropout.back(epsilon(), pass);
      below().addEpsilon(epsilon());
    }
  }

  private static StepShape requireSequence(StepShape shape) throws Unserved {
    if (!shape.isSequence()) {
      throw new Unserved("a sequence was expected");
    }
    return shape;
  }
}
