package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.Rrnn;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** {@link Rrnn}, which knows directions and final states by itself. */
record RrnnLayers() implements RecurrentLayers {

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

  private static Rrnn layer(RecurrentSpec spec, boolean returnSequences) {
    Rrnn.Builder builder =
        new Rrnn.Builder()
            .nIn(spec.inputSize())
            .nOut(spec.hiddenSize())
            .activation(spec.activation())
            .stateCarry(spec.stateCarry())
            .direction(spec.bidirectional() ? Direction.BOTH : Direction.FORWARD)
            .returnSequences(returnSequences);
    if (spec.dropOut() > 0) {
      builder.dropOut(spec.retained());
    }
    return builder.build();
  }
}
