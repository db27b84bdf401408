package io.github.recurrentzoo.zoo.network;

import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Deeplearning4j's own recurrent layers.
 *
 * <p>The two directions of a layer are vertices of their own, since no wrapper of Deeplearning4j
 * does it right. {@code Bidirectional} over an LSTM does not mask: the backward direction begins
 * with the padding, and what it answers for a row depends on how long the other rows are. {@code
 * LastTimeStep} over {@code Bidirectional} takes the backward direction after one single step, and
 * {@code Bidirectional} over {@code LastTimeStep} fails in its backward pass.
 *
 * @param builders a new builder of the layer, with what is the layer's own
 * @param vertices those for directions and final states
 */
record StandardLayers(
    Function<RecurrentSpec, BaseRecurrentLayer.Builder<?>> builders, SequenceVertices vertices)
    implements RecurrentLayers {

  @Override
  public String addAllSteps(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    if (!spec.bidirectional()) {
      graph.addLayer(name, layer(spec), input);
      return name;
    }
    graph.addLayer(name + "-forward", layer(spec), input);
    String backward = addBackward(graph, name, input, spec, maskInput);
    graph.addVertex(name + "-turned", vertices.reversed(maskInput), backward);
    graph.addVertex(name + "-both", new MergeVertex(), name + "-forward", name + "-turned");
    return name + "-both";
  }

  @Override
  public String addFinalState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    String forward = spec.bidirectional() ? name + "-forward" : name;
    graph.addLayer(forward, layer(spec), input);
    graph.addVertex(name + "-last", vertices.finalState(maskInput), forward);
    if (!spec.bidirectional()) {
      return name + "-last";
    }
    String backward = addBackward(graph, name, input, spec, maskInput);
    graph.addVertex(name + "-first", vertices.finalState(maskInput), backward);
    graph.addVertex(name + "-both", new MergeVertex(), name + "-last", name + "-first");
    return name + "-both";
  }

  @Override
  public RecurrentStack.StepsAndState addStepsAndState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    String state = addFinalState(graph, name, input, spec, maskInput);
    if (!spec.bidirectional()) {
      return new RecurrentStack.StepsAndState(List.of(name), state);
    }
    graph.addVertex(name + "-turned", vertices.reversed(maskInput), name + "-backward");
    return new RecurrentStack.StepsAndState(List.of(name + "-forward", name + "-turned"), state);
  }

  /** A layer that reads each row from its end; its output is in that order. */
  private String addBackward(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    graph.addVertex(name + "-reversed", vertices.reversed(maskInput), input);
    graph.addLayer(name + "-backward", layer(spec), name + "-reversed");
    return name + "-backward";
  }

  private Layer layer(RecurrentSpec spec) {
    BaseRecurrentLayer.Builder<?> builder = builders.apply(spec);
    builder.nIn(spec.inputSize());
    builder.nOut(spec.hiddenSize());
    builder.activation(spec.activation());
    builder.dataFormat(RNNFormat.NCW);
    if (spec.dropout() > 0) {
      builder.dropOut(spec.retained());
    }
    return builder.build();
  }
}
