package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Recurrent layers of our own, which know directions and final states by themselves.
 *
 * @param builders a new builder of the layer, with what is the layer's own
 */
record OwnLayers(Function<RecurrentSpec, RecurrentSameDiffLayer.Builder<?>> builders)
    implements RecurrentLayers {

  @Override
  public String addAllSteps(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    graph.addLayer(name, layer(spec, true), input);
    return name;
  }

  @Override
  public String addFinalState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    graph.addLayer(name, layer(spec, false), input);
    return name;
  }

  @Override
  public RecurrentStack.StepsAndState addStepsAndState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput) {
    graph.addLayer(name, layer(spec, true), input);
    graph.addVertex(name + "-last", SequenceVertices.OURS.finalState(maskInput), name);
    if (!spec.bidirectional()) {
      return new RecurrentStack.StepsAndState(List.of(name), name + "-last");
    }
    int size = spec.hiddenSize();
    graph.addVertex(name + "-turned", SequenceVertices.OURS.reversed(maskInput), name);
    graph.addVertex(name + "-first", SequenceVertices.OURS.finalState(maskInput), name + "-turned");
    graph.addVertex(name + "-forward", new SubsetVertex(0, size - 1), name + "-last");
    graph.addVertex(name + "-backward", new SubsetVertex(size, 2 * size - 1), name + "-first");
    graph.addVertex(name + "-state", new MergeVertex(), name + "-forward", name + "-backward");
    return new RecurrentStack.StepsAndState(List.of(name), name + "-state");
  }

  private Layer layer(RecurrentSpec spec, boolean returnSequences) {
    RecurrentSameDiffLayer.Builder<?> builder =
        builders
            .apply(spec)
            .nIn(spec.inputSize())
            .nOut(spec.hiddenSize())
            .activation(spec.activation())
            .direction(spec.bidirectional() ? Direction.BOTH : Direction.FORWARD)
            .returnSequences(returnSequences);
    if (spec.dropout() > 0) {
      builder.dropOut(spec.retained());
    }
    return builder.build();
  }
}
