package io.github.recurrentzoo.benchmarks;

/**
 * One library with a {@link Problem} loaded, ready to be measured: a recurrent layer alone, and the
 * network Embedding - recurrent - last step - Dense(1) with sigmoid, binary cross-entropy and Adam;
 * and a network that generates text. Each starts from the weights of the problem.
 *
 * <p>Used by one thread, the one that made it.
 */
interface Contender extends AutoCloseable {

  /** The learning rate of Adam; its other numbers are 0.9, 0.999 and 1e-8. */
  double LEARNING_RATE = 1e-3;

  /** Runs the layer over the problem's inputs, as for inference. */
  void layerForward();

  /** Runs the layer as for training and finds the gradients of its input and its parameters. */
  void layerForwardBackward();

  /** Forward, loss, backward and Adam of the whole network, on the problem's tokens and labels. */
  void trainingStep();

  /** The probabilities that the whole network gives, [B]. */
  float[] inference();

  /** The probability that the whole network gives for the first row alone, [1]. */
  float[] answer();

  /** Feeds the layer one more time step of one row, going on from the state before. */
  void streamingStep();

  /**
   * Feeds the network of characters, Embedding - recurrent - softmax, the character that it found
   * likeliest the last time, and goes on from the state before; at first the character 0.
   *
   * @return the probabilities of the next character, [characters]
   */
  float[] generateCharacter();

  /** What {@link #layerForward} computes: [T, B, H], or [B, H] for the last step only. */
  float[] layerOutput();

  /**
   * One of the gradients that {@link #layerForwardBackward} finds, that of the input: [T, B, D].
   */
  float[] layerInputGradient();

  /** What {@link #streamingStep} computes: [H]. */
  float[] streamingOutput();

  /** The index of the largest number. */
  static int likeliest(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }

  @Override
  void close();
}
