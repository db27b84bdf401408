package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.StateStart;
import org.nd4j.linalg.activations.Activation;

/**
 * What a recurrent layer needs to know, whichever its recurrence.
 *
 * @param inputSize D, the size of the layer's input at each step
 * @param hiddenSize H, the size of one direction's state
 * @param bidirectional whether a second copy runs from the end to the beginning
 * @param activation f, the activation of the state
 * @param dropout the fraction of the layer's input that is dropped while training, 0 for none
 * @param outputActivation of RRNN; null for others
 * @param stateStart how the weights begin that carry the state; null for as others
 * @param stateScale the number that the start takes, 0 for none
 */
record RecurrentSpec(
    int inputSize,
    int hiddenSize,
    boolean bidirectional,
    Activation activation,
    double dropout,
    Activation outputActivation,
    StateStart stateStart,
    double stateScale) {

  /** The probability that an input is kept, which is what Deeplearning4j asks for. */
  double retained() {
    return 1 - dropout;
  }
}
