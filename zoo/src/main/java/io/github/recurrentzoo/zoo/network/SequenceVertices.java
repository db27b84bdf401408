package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.FinalStateVertex;
import io.github.recurrentzoo.layers.ReverseStepsVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** The vertices that Deeplearning4j's own layers need for directions and final states. */
public enum SequenceVertices {
  /** Deeplearning4j's: a saved network opens where this library is not. */
  DEEPLEARNING4J {
    @Override
    GraphVertex finalState(String maskInput) {
      return new LastTimeStepVertex(maskInput);
    }

    @Override
    GraphVertex reversed(String maskInput) {
      return new ReverseTimeSeriesVertex(maskInput);
    }
  },

  /** Ours, which copy rows and not numbers; for networks that have vertices of ours anyway. */
  OURS {
    @Override
    GraphVertex finalState(String maskInput) {
      return new FinalStateVertex(maskInput);
    }

    @Override
    GraphVertex reversed(String maskInput) {
      return new ReverseStepsVertex(maskInput);
    }
  };

  /** The output [B, H] at the last step that the mask of a network input says is there. */
  abstract GraphVertex finalState(String maskInput);

  /** The steps of each row turned round; padding on the right stays there. */
  abstract GraphVertex reversed(String maskInput);
}
