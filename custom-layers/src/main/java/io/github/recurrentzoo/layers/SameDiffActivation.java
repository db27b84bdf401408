package io.github.recurrentzoo.layers;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * The SameDiff operation of an {@link Activation}. {@link Activation#asSameDiff(SameDiff,
 * SDVariable)} knows only some of them and takes slope 0 for the leaky ReLU, where {@link
 * Activation#getActivationFunction()} takes 0.01.
 */
final class SameDiffActivation {

  private static final double LEAKY_RELU_SLOPE = 0.01;

  private SameDiffActivation() {}

  /**
   * The name of an activation.
   *
   * @param function what Deeplearning4j has it as; null for null
   * @throws IllegalArgumentException if no name stands for it, as for a leaky ReLU with a slope of
   *     its own
   */
  static Activation of(IActivation function) {
    if (function == null) {
      return null;
    }
    for (Activation activation : Activation.values()) {
      if (function.equals(activation.getActivationFunction())) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "activation "
            + function
            + " ("
            + function.getClass().getSimpleName()
            + ") is none of Deeplearning4j's with its default settings, which are all that a"
            + " recurrent layer in SameDiff has; choose an Activation, such as TANH or RELU");
  }

  static SDVariable apply(Activation activation, SameDiff sd, SDVariable x) {
    return switch (activation) {
      case IDENTITY -> x;
      case LEAKYRELU -> sd.nn().leakyRelu(x, LEAKY_RELU_SLOPE);
      case HARDSIGMOID -> sd.nn().hardSigmoid(x);
      case RELU6 -> sd.nn().relu6(x, 0.0);
      case SELU -> sd.nn().selu(x);
      case SWISH -> sd.nn().swish(x);
      case RATIONALTANH -> sd.math().rationalTanh(x);
      case RECTIFIEDTANH -> sd.math().rectifiedTanh(x);
      default -> activation.asSameDiff(sd, x);
    };
  }

  /** Throws where {@link #apply} would, so that a configuration fails when it is built. */
  static void requireSupported(String layer, String option, Activation activation) {
    if (activation == null) {
      throw new IllegalArgumentException(
          layer + ": " + option + " is null; choose one, or leave it out for the default");
    }
    switch (activation) {
      case CUBE,
          ELU,
          GELU,
          HARDSIGMOID,
          HARDTANH,
          IDENTITY,
          LEAKYRELU,
          RATIONALTANH,
          RECTIFIEDTANH,
          RELU,
          RELU6,
          SELU,
          SIGMOID,
          SOFTMAX,
          SOFTPLUS,
          SOFTSIGN,
          SWISH,
          TANH -> {}
      default ->
          throw new IllegalArgumentException(
              layer
                  + ": "
                  + option
                  + " "
                  + activation
                  + " has no differentiable SameDiff operation; choose one of TANH, SIGMOID, RELU,"
                  + " IDENTITY, HARDSIGMOID, HARDTANH, LEAKYRELU, RELU6, ELU, SELU, GELU, SWISH,"
                  + " SOFTPLUS, SOFTSIGN, SOFTMAX, CUBE, RATIONALTANH, RECTIFIEDTANH");
    }
  }
}
