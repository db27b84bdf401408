package io.github.recurrentzoo.zoo.onnx;

import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * What ONNX calls an activation.
 *
 * @param recurrent its name within ONNX's recurrent operators; null if they do not have it
 * @param parameters the numbers that it takes there, alpha and then beta
 * @param clip what the sum is clipped to before it there, to [-clip, clip]; 0 for not at all
 */
record OnnxActivation(String recurrent, List<Double> parameters, double clip) {
  private static final double LEAK = 0.01; // of Deeplearning4j's LEAKYRELU

  private static final Map<Activation, OnnxActivation> KNOWN =
      Map.ofEntries(
          Map.entry(Activation.TANH, plain("Tanh")),
          Map.entry(Activation.SIGMOID, plain("Sigmoid")),
          Map.entry(Activation.RELU, plain("Relu")),
          Map.entry(Activation.RELU6, new OnnxActivation("Relu", List.of(), 6)),
          Map.entry(Activation.IDENTITY, new OnnxActivation("Affine", List.of(1.0, 0.0), 0)),
          Map.entry(Activation.LEAKYRELU, new OnnxActivation("LeakyRelu", List.of(LEAK), 0)),
          Map.entry(Activation.ELU, new OnnxActivation("Elu", List.of(1.0), 0)),
          Map.entry(
              Activation.HARDSIGMOID, new OnnxActivation("HardSigmoid", List.of(0.2, 0.5), 0)),
          Map.entry(Activation.SOFTSIGN, plain("Softsign")),
          Map.entry(Activation.SOFTPLUS, plain("Softplus")),
          Map.entry(Activation.HARDTANH, new OnnxActivation("Affine", List.of(1.0, 0.0), 1)),
          Map.entry(Activation.SOFTMAX, new OnnxActivation(null, List.of(), 0)));

  private static OnnxActivation plain(String name) {
    return new OnnxActivation(name, List.of(), 0);
  }

  /** Which of Deeplearning4j's activations a function is. */
  static Activation of(IActivation function) {
    return KNOWN.keySet().stream()
        .filter(each -> each.getActivationFunction().equals(function))
        .findFirst()
        .orElseThrow(() -> refused(function));
  }

  private static UnsupportedOperationException refused(Object activation) {
    return new UnsupportedOperationException(
        "ONNX export has no activation %s; it has %s."
            .formatted(activation, KNOWN.keySet().stream().map(Enum::name).sorted().toList()));
  }

  /** As ONNX's recurrent operators take it. */
  static OnnxActivation recurrent(Activation activation) {
    OnnxActivation known = KNOWN.get(activation);
    if (known == null || known.recurrent() == null) {
      throw refused(activation);
    }
    return known;
  }

  /** The function of a tensor, element by element; a softmax is over the last axis. */
  static String apply(OnnxGraph graph, Activation activation, String tensor) {
    return switch (activation) {
      case IDENTITY -> tensor;
      case RELU6 -> clip(graph, tensor, 0, 6);
      case HARDTANH -> clip(graph, tensor, -1, 1);
      case TANH -> graph.add("Tanh", List.of(tensor));
      case SIGMOID -> graph.add("Sigmoid", List.of(tensor));
      case RELU -> graph.add("Relu", List.of(tensor));
      case LEAKYRELU -> graph.add("LeakyRelu", List.of(tensor), alpha(LEAK));
      case ELU -> graph.add("Elu", List.of(tensor), alpha(1));
      case SOFTSIGN -> graph.add("Softsign", List.of(tensor));
      case SOFTPLUS -> graph.add("Softplus", List.of(tensor));
      case SOFTMAX -> graph.add("Softmax", List.of(tensor), OnnxGraph.integer("axis", -1));
      case HARDSIGMOID ->
          graph.add("HardSigmoid", List.of(tensor), alpha(0.2), OnnxGraph.real("beta", 0.5));
      default -> throw refused(activation);
    };
  }

  private static AttributeProto alpha(double value) {
    return OnnxGraph.real("alpha", value);
  }

  private static String clip(OnnxGraph graph, String tensor, double low, double high) {
    return graph.add("Clip", List.of(tensor, graph.number(low), graph.number(high)));
  }
}
