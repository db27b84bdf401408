package io.github.recurrentzoo.zoo.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Adds a recurrent layer to a graph, in one of two forms. */
interface RecurrentLayers {

  /**
   * Adds a layer that gives its output at each step.
   *
   * @param input the name of the vertex below, which carries [B, D, T]
   * @param maskInput the network input whose mask says which steps are there
   * @return the name of the vertex that carries [B, H, T], or [B, 2H, T] if bidirectional
   */
  String addAllSteps(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput);

  /**
   * Adds a layer that gives its final state: of each direction the state after the last step that
   * it processes.
   *
   * @param input the name of the vertex below, which carries [B, D, T]
   * @param maskInput the network input whose mask says which steps are there
   * @return the name of the vertex that carries [B, H], or [B, 2H] if bidirectional
   */
  String addFinalState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput);

  /**
   * Adds a layer that gives both its output at each step and its final state, as {@link
   * #addAllSteps} and {@link #addFinalState} do.
   */
  RecurrentStack.StepsAndState addStepsAndState(
      GraphBuilder graph, String name, String input, RecurrentSpec spec, String maskInput);
}
