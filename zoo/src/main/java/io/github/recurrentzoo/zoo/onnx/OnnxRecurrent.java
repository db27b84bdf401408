package io.github.recurrentzoo.zoo.onnx;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.layers.CellParameter;
import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.GruParams;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.RrnnParams;
import io.github.recurrentzoo.layers.StateCarry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The recurrent layers in ONNX, each as its operator LSTM, GRU or RNN where that has the equations.
 * RRNN that carries h_t is an RNN, of whose states the rest is computed for all steps at once; RRNN
 * that carries h'_t is a Scan. The blocks of weights change places: Deeplearning4j's LSTM has
 * candidate, forget, output, input, ONNX i, o, f, c; our GRU has r, z, n, ONNX z, r, h.
 *
 * @param graph they are added to
 * @param sequence which steps are there
 * @param carried takes part in where a network is asked step by step; null where it is not
 */
record OnnxRecurrent(OnnxGraph graph, OnnxSequence sequence, Carried carried) {

  /** The states that go in and come out of a graph which is asked step by step. */
  interface Carried {
    /** The name of the state that a layer begins with, [N, H]. */
    String first(String layer, String state, long size);

    /** Tells the state that the layer ends with, [N, H]. */
    void last(String layer, String state, String tensor, long size);
  }

  /**
   * Adds a layer.
   *
   * @param name of the layer, for its states
   * @param weights its parameters
   * @param steps its input [T, N, D]
   * @return its output [T, N, H], or [N, H] if the layer gives its last step only
   */
  String add(String name, Layer layer, Map<String, INDArray> weights, String steps) {
    if (layer instanceof SimpleRnn rnn) {
      INDArray bias = weights.get("b");
      return rnn(
          name,
          OnnxActivation.of(rnn.getActivationFn()),
          steps,
          weights.get("W"),
          weights.get("RW"),
          bias,
          first(name, "h", rnn.getNOut(), steps));
    }
    if (layer instanceof AbstractLSTM lstm) {
      return lstm(name, lstm, weights, steps);
    }
    return own(name, (RecurrentSameDiffLayer) layer, weights, steps);
  }

  static boolean serves(Layer layer) {
    return layer instanceof SimpleRnn
        || layer instanceof AbstractLSTM
        || layer instanceof Gru
        || layer instanceof Rrnn;
  }

  private String own(
      String name, RecurrentSameDiffLayer layer, Map<String, INDArray> weights, String steps) {
    if (layer.getDirection() == Direction.FORWARD) {
      String output = forward(name, layer, weights, "", steps);
      return layer.isReturnSequences() ? output : sequence.last(output);
    }
    List<String> halves = new ArrayList<>();
    if (layer.getDirection() == Direction.BOTH) {
      String output = forward(name, layer, weights, CellParameter.FORWARD_PREFIX, steps);
      halves.add(layer.isReturnSequences() ? output : sequence.last(output));
    }
    String prefix = layer.getDirection() == Direction.BOTH ? CellParameter.BACKWARD_PREFIX : "";
    String output = forward(name, layer, weights, prefix, sequence.reversed(steps));
    halves.add(layer.isReturnSequences() ? sequence.reversed(output) : sequence.last(output));
    return halves.size() == 1
        ? halves.get(0)
        : graph.add("Concat", halves, OnnxGraph.integer("axis", -1));
  }

  private String forward(
      String name,
      RecurrentSameDiffLayer layer,
      Map<String, INDArray> weights,
      String prefix,
      String steps) {
    if (layer instanceof Gru gru) {
      return gru(name, gru, weights, prefix, steps);
    }
    Rrnn rrnn = (Rrnn) layer;
    return rrnn.getStateCarry() == StateCarry.MAIN
        ? main(name, rrnn, weights, prefix, steps)
        : updated(name, rrnn, weights, prefix, steps);
  }

  /** h_t = f(x_t W + h_{t-1} RW + b), [T, N, H]. */
  private String rnn(
      String name,
      Activation activation,
      String steps,
      INDArray inputWeights,
      INDArray recurrentWeights,
      INDArray bias,
      String begin) {
    long size = recurrentWeights.size(0);
    OnnxActivation known = OnnxActivation.recurrent(activation);
    List<AttributeProto> attributes = attributes(size, List.of(known));
    if (known.clip() > 0) {
      attributes.add(OnnxGraph.real("clip", known.clip()));
    }
    List<String> outputs =
        graph.add(
            "RNN",
            2,
            List.of(
                steps,
                turned(inputWeights),
                turned(recurrentWeights),
                bias(bias, Nd4j.zeros(bias.dataType(), 1, size)),
                "",
                begin),
            attributes.toArray(AttributeProto[]::new));
    last(name, "h", outputs.get(1), size);
    return withoutDirection(outputs.get(0));
  }

  private String lstm(
      String name, AbstractLSTM layer, Map<String, INDArray> weights, String steps) {
    long size = ((FeedForwardLayer) layer).getNOut();
    INDArray recurrent = weights.get("RW");
    int[] order = {3, 2, 1, 0}; // i, o, f, c of candidate, forget, output, input
    Activation gate = OnnxActivation.of(layer.getGateActivationFn());
    Activation state = OnnxActivation.of(layer.getActivationFn());
    for (Activation each : List.of(gate, state)) {
      if (OnnxActivation.recurrent(each).clip() > 0) {
        throw new UnsupportedOperationException(
            "ONNX's LSTM has no activation %s.".formatted(each));
      }
    }
    List<String> inputs =
        new ArrayList<>(
            List.of(
                steps,
                turned(blocks(weights.get("W"), size, order)),
                turned(blocks(recurrent, size, order)),
                bias(
                    blocks(row(weights.get("b")), size, order),
                    Nd4j.zeros(recurrent.dataType(), 1, 4 * size)),
                "",
                first(name, "h", size, steps),
                first(name, "c", size, steps)));
    if (!(layer instanceof LSTM)) { // Deeplearning4j's GravesLSTM
      // The last columns are the peepholes of forget, output and input gate; ONNX has i, o, f.
      INDArray peepholes =
          Nd4j.hstack(
              row(recurrent.getColumn(4 * size + 2)),
              row(recurrent.getColumn(4 * size + 1)),
              row(recurrent.getColumn(4 * size)));
      inputs.add(graph.weights("peepholes", peepholes, 1, 3 * size));
    }
    List<String> outputs =
        graph.add(
            "LSTM",
            3,
            inputs,
            attributes(
                    size,
                    List.of(
                        OnnxActivation.recurrent(gate),
                        OnnxActivation.recurrent(state),
                        OnnxActivation.recurrent(state)))
                .toArray(AttributeProto[]::new));
    last(name, "h", outputs.get(1), size);
    last(name, "c", outputs.get(2), size);
    return withoutDirection(outputs.get(0));
  }

  private String gru(
      String name, Gru layer, Map<String, INDArray> weights, String prefix, String steps) {
    long size = layer.getNOut();
    int[] order = {1, 0, 2}; // z, r, h of r, z, n
    INDArray reset = row(weights.get(prefix + GruParams.RECURRENT_BIAS));
    List<OnnxActivation> activations =
        layer.activations().values().stream()
            .map(OnnxActivation::recurrent)
            .peek(OnnxRecurrent::refuseClip)
            .toList();
    List<AttributeProto> attributes =
        attributes(size, List.of(activations.get(1), activations.get(0)));
    attributes.add(OnnxGraph.integer("linear_before_reset", 1));
    List<String> outputs =
        graph.add(
            "GRU",
            2,
            List.of(
                steps,
                turned(blocks(weights.get(prefix + GruParams.WEIGHT), size, order)),
                turned(blocks(weights.get(prefix + GruParams.RECURRENT_WEIGHT), size, order)),
                bias(
                    blocks(row(weights.get(prefix + GruParams.BIAS)), size, order),
                    Nd4j.hstack(Nd4j.zeros(reset.dataType(), 1, 2 * size), reset)),
                "",
                first(name, "h", size, steps)),
            attributes.toArray(AttributeProto[]::new));
    last(name, "h", outputs.get(1), size);
    return withoutDirection(outputs.get(0));
  }

  private static void refuseClip(OnnxActivation activation) {
    if (activation.clip() > 0) {
      throw new UnsupportedOperationException(
          "ONNX's GRU has no activation that is clipped to [-%s, %s]."
              .formatted(activation.clip(), activation.clip()));
    }
  }

  /** RRNN that carries h_t: all but h_t is computed for all steps at once. */
  private String main(
      String name, Rrnn layer, Map<String, INDArray> weights, String prefix, String steps) {
    long size = layer.getNOut();
    INDArray input = weights.get(prefix + RrnnParams.WEIGHT);
    INDArray recurrent = weights.get(prefix + RrnnParams.RECURRENT_WEIGHT);
    INDArray bias = row(weights.get(prefix + RrnnParams.BIAS));
    String begin = first(name, "h", size, steps);
    String states =
        rnn(
            name,
            layer.activations().get("activation"),
            steps,
            block(input, size, 0),
            block(recurrent, size, 0),
            block(bias, size, 0),
            begin);
    String before =
        graph.add("Concat", List.of(begin, withoutLast(states)), OnnxGraph.integer("axis", 0));
    Auxiliary auxiliary = new Auxiliary(graph, layer, weights, prefix);
    String fromInput = auxiliary.sum(steps, part(input, size, 1, 3), part(bias, size, 1, 3));
    String fromStates =
        graph.add("MatMul", List.of(before, matrix(graph, "RW", part(recurrent, size, 1, 3))));
    List<String> sums = split(graph, graph.add("Add", List.of(fromInput, fromStates)), size, 2);
    return auxiliary.output(states, before, sums.get(0), sums.get(1));
  }

  /** RRNN that carries h'_t. */
  private String updated(
      String name, Rrnn layer, Map<String, INDArray> weights, String prefix, String steps) {
    long size = layer.getNOut();
    String sums =
        new Auxiliary(graph, layer, weights, prefix)
            .sum(
                steps,
                weights.get(prefix + RrnnParams.WEIGHT),
                row(weights.get(prefix + RrnnParams.BIAS)));
    OnnxGraph body = graph.body("step");
    String stateName = name + prefix + "_state";
    String sumName = name + prefix + "_sum";
    body.input(stateName, TensorProto.DataType.FLOAT, "batch", size);
    body.input(sumName, TensorProto.DataType.FLOAT, "batch", 3 * size);
    String fromState =
        body.add(
            "MatMul",
            List.of(
                stateName, matrix(body, "RW", weights.get(prefix + RrnnParams.RECURRENT_WEIGHT))));
    List<String> parts = split(body, body.add("Add", List.of(sumName, fromState)), size, 3);
    Auxiliary auxiliary = new Auxiliary(body, layer, weights, prefix);
    String state = OnnxActivation.apply(body, layer.activations().get("activation"), parts.get(0));
    String next = auxiliary.updated(stateName, parts.get(1), parts.get(2));
    String output = auxiliary.output(state, next);
    body.output(name + prefix + "_next", next, "batch", size);
    body.output(name + prefix + "_output", output, "batch", size);
    String begin = graph.add("Squeeze", List.of(first(name, "h", size, steps), graph.longs(0)));
    List<String> outputs =
        graph.add(
            "Scan",
            2,
            List.of(begin, sums),
            OnnxGraph.graph("body", body),
            OnnxGraph.integer("num_scan_inputs", 1));
    if (carried != null) {
      carried.last(name, "h", outputs.get(0), size);
    }
    return outputs.get(1);
  }

  /** What RRNN computes of its states, in the graph or in the body of a loop. */
  private record Auxiliary(
      OnnxGraph graph, Rrnn layer, Map<String, INDArray> weights, String prefix) {

    String sum(String input, INDArray weight, INDArray bias) {
      String product = graph.add("MatMul", List.of(input, matrix(graph, "W", weight)));
      return graph.add("Add", List.of(product, graph.weights("b", bias, bias.length())));
    }

    /** o_t, with h'_t computed of the sums. */
    String output(String states, String before, String gateSum, String updatedSum) {
      return output(states, updated(before, gateSum, updatedSum));
    }

    /** h'_t. */
    String updated(String before, String gateSum, String updatedSum) {
      String gate =
          OnnxActivation.apply(graph, layer.activations().get("gate activation"), gateSum);
      String factor =
          graph.add(
              "MatMul",
              List.of(gate, matrix(graph, "GW", weights.get(prefix + RrnnParams.GATE_WEIGHT))));
      String gated = graph.add("Mul", List.of(factor, before));
      return OnnxActivation.apply(
          graph,
          layer.activations().get("activation"),
          graph.add("Add", List.of(updatedSum, gated)));
    }

    /** o_t. */
    String output(String states, String updated) {
      String both = graph.add("Concat", List.of(updated, states), OnnxGraph.integer("axis", -1));
      return OnnxActivation.apply(
          graph,
          layer.activations().get("output activation"),
          sum(
              both,
              weights.get(prefix + RrnnParams.OUTPUT_WEIGHT),
              row(weights.get(prefix + RrnnParams.OUTPUT_BIAS))));
    }
  }

  private static List<AttributeProto> attributes(long size, List<OnnxActivation> activations) {
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(OnnxGraph.integer("hidden_size", size));
    attributes.add(
        OnnxGraph.texts(
            "activations", activations.stream().map(OnnxActivation::recurrent).toList()));
    List<Double> alpha =
        activations.stream().flatMap(each -> each.parameters().stream().limit(1)).toList();
    List<Double> beta =
        activations.stream().flatMap(each -> each.parameters().stream().skip(1)).toList();
    if (!alpha.isEmpty()) {
      attributes.add(OnnxGraph.reals("activation_alpha", alpha));
    }
    if (!beta.isEmpty()) {
      attributes.add(OnnxGraph.reals("activation_beta", beta));
    }
    return attributes;
  }

  /** The first state as ONNX's operators take it, [1, N, H]; none are zeros. */
  private String first(String name, String state, long size, String steps) {
    if (carried != null) {
      return graph.add("Unsqueeze", List.of(carried.first(name, state, size), graph.longs(0)));
    }
    return sequence.zeros(steps, size);
  }

  private void last(String name, String state, String tensor, long size) {
    if (carried != null) {
      carried.last(name, state, graph.add("Squeeze", List.of(tensor, graph.longs(0))), size);
    }
  }

  private String withoutDirection(String output) {
    return graph.add("Squeeze", List.of(output, graph.longs(1)));
  }

  private String withoutLast(String steps) {
    return graph.add("Slice", List.of(steps, graph.longs(0), graph.longs(-1), graph.longs(0)));
  }

  private static List<String> split(OnnxGraph graph, String tensor, long size, int parts) {
    long[] sizes = new long[parts];
    Arrays.fill(sizes, size);
    return graph.add(
        "Split", parts, List.of(tensor, graph.longs(sizes)), OnnxGraph.integer("axis", -1));
  }

  private static String matrix(OnnxGraph graph, String like, INDArray matrix) {
    return graph.weights(like, matrix, matrix.size(0), matrix.size(1));
  }

  /** A matrix for z = x W as ONNX has it for z = W x, with an axis for the direction. */
  private String turned(INDArray matrix) {
    return graph.weights("W", matrix.transpose(), 1, matrix.size(1), matrix.size(0));
  }

  /** The biases of inputs and of states. */
  private String bias(INDArray ofInputs, INDArray ofStates) {
    INDArray both = Nd4j.hstack(row(ofInputs), ofStates);
    return graph.weights("B", both, 1, both.length());
  }

  private static INDArray row(INDArray vector) {
    return vector.reshape(1, vector.length());
  }

  private static INDArray blocks(INDArray matrix, long size, int... order) {
    INDArray[] blocks = new INDArray[order.length];
    for (int i = 0; i < order.length; i++) {
      blocks[i] = block(matrix, size, order[i]);
    }
    return Nd4j.hstack(blocks);
  }

  private static INDArray block(INDArray matrix, long size, int number) {
    return part(matrix, size, number, number + 1);
  }

  private static INDArray part(INDArray matrix, long size, int from, int to) {
    return matrix.get(all(), interval(from * size, to * size));
  }
}
