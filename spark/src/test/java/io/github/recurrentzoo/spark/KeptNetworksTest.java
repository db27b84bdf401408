package io.github.recurrentzoo.spark;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.step.StepSolver;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.network.Recurrence;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeptNetworksTest {

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void theyTrainOnKernelsAndAreUsedAgain(Recurrence recurrence) {
    String configuration =
        TextClassification.builder().recurrence(recurrence).build().configuration().toJson();
    ComputationGraph network = KeptNetworks.take(configuration);
    assertTrue(StepSolver.stepOf(network).isPresent(), "the whole step is made by kernels");
    assertNotSame(network, KeptNetworks.take(configuration));
    KeptNetworks.giveBack(configuration, network);
    assertSame(network, KeptNetworks.take(configuration));
    KeptNetworks.giveBack(configuration, network);
    String other = TextClassification.builder().hiddenSize(8).build().configuration().toJson();
    KeptNetworks.giveBack(other, KeptNetworks.take(other));
    assertNotSame(network, KeptNetworks.take(configuration));
  }
}
