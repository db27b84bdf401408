package io.github.recurrentzoo.zoo;

import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;

/**
 * Deeplearning4j's own recurrent layers.
 *
 * <p>No wrapper of Deeplearning4j gives the final states of both directions: {@code LastTimeStep}
 * over {@code Bidirectional} takes the backward direction after one single step, and {@code
 * Bidirectional} over {@code LastTimeStep} fails in its backward pass. So the two directions are
 * vertices of their own.
 */
record StandardLayers(Supplier<BaseRecurrentLayer.Builder<?>> builders) implements RecurrentLayers {

  @Override
  public String addAllSteps(GraphBuilder graph, String name, String input, RecurrentSpec spec) {
    Layer layer = layer(spec);
    graph.addLayer(
        name,
        spec.bidirectional() ? new Bidirectional(Bidirectional.Mode.CONCAT, layer) : layer,
        input);
    return name;
  }

  @Override
  public String addFinalState(
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
    BaseRecurrentLayer.Builder<?> builder = builders.get();
    builder.nIn(spec.inputSize());
    builder.nOut(spec.hiddenSize());
    builder.activation(spec.activation());
    builder.dataFormat(RNNFormat.NCW);
    if (spec.dropOut() > 0) {
      builder.dropOut(spec.retained());
    }
    return builder.build();
  }
}
