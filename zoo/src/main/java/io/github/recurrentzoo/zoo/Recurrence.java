package io.github.recurrentzoo.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;

/**
 * The recurrence of a network: what one recurrent layer computes from step to step. A task of the
 * zoo takes any of them.
 *
 * <p>Each constant adds its layers to a graph in two forms: all steps ([B, D, T] to [B, H, T]), for
 * a layer below another one, and the final state ([B, D, T] to [B, H]), for the layer below a
 * classifier. A bidirectional layer runs a second copy, with weights of its own, from the end to
 * the beginning and puts both outputs side by side: 2H instead of H. The final state of a direction
 * is its state after the last step that it processes: of the backward direction, after the first
 * token.
 */
public enum Recurrence {
  /** {@code h_t = f(W_hh h_{t-1} + W_xh x_t + b_h)}: the plain (Elman) network. */
  SIMPLE_RNN {
    @Override
    BaseRecurrentLayer.Builder<?> builder() {
      return new SimpleRnn.Builder();
    }
  },

  /** Long short-term memory, with a forget gate whose bias starts at 1 and no peepholes. */
  LSTM {
    @Override
    BaseRecurrentLayer.Builder<?> builder() {
      return new org.deeplearning4j.nn.conf.layers.LSTM.Builder();
    }
  };

  /** A fresh builder of Deeplearning4j's own layer. */
  abstract BaseRecurrentLayer.Builder<?> builder();

  /**
   * Adds a layer that gives its output at each step.
   *
   * @return the name of the vertex that carries [B, H, T], or [B, 2H, T] if bidirectional
   */
  String addAllSteps(GraphBuilder graph, String name, String input, RecurrentSpec spec) {
    Layer layer = layer(spec);
    graph.addLayer(
        name,
        spec.bidirectional() ? new Bidirectional(Bidirectional.Mode.CONCAT, layer) : layer,
        input);
    return name;
  }

  /**
   * Adds a layer that gives its final state.
   *
   * <p>Deeplearning4j cannot say this with a wrapper: {@code LastTimeStep} over {@code
   * Bidirectional} takes the backward direction after one single step, and {@code Bidirectional}
   * over {@code LastTimeStep} fails in its backward pass. So the two directions are vertices of
   * their own.
   *
   * @param tokens the network input whose mask says which steps are there
   * @return the name of the vertex that carries [B, H], or [B, 2H] if bidirectional
   */
  String addFinalState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String tokens) {
    String forward = spec.bidirectional() ? name + "-forward" : name;
    graph.addLayer(forward, layer(spec), input);
    graph.addVertex(name + "-last", new LastTimeStepVertex(tokens), forward);
    if (!spec.bidirectional()) {
      return name + "-last";
    }
    graph.addVertex(name + "-reversed", new ReverseTimeSeriesVertex(tokens), input);
    graph.addLayer(name + "-backward", layer(spec), name + "-reversed");
    graph.addVertex(name + "-first", new LastTimeStepVertex(tokens), name + "-backward");
    graph.addVertex(name + "-both", new MergeVertex(), name + "-last", name + "-first");
    return name + "-both";
  }

  private Layer layer(RecurrentSpec spec) {
    BaseRecurrentLayer.Builder<?> builder = builder();
    builder.nIn(spec.inputSize());
    builder.nOut(spec.hiddenSize());
    builder.activation(spec.activation());
    builder.dataFormat(RNNFormat.NCW);
    if (spec.dropOut() > 0) {
      // Deeplearning4j asks for the probability that an input is kept.
      builder.dropOut(1 - spec.dropOut());
    }
    return builder.build();
  }
}
