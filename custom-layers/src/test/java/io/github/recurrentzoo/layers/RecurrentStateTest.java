package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** State that is carried from call to call. */
class RecurrentStateTest {

  private static final int STEPS = 6;

  private static MultiLayerNetwork network(OwnLayer layer) {
    return Networks.network(2, layer.builder().nOut(3).build(), layer.builder().nOut(3).build());
  }

  private static void assertClose(INDArray expected, INDArray actual, String what) {
    assertEquals(0.0, expected.sub(actual).amaxNumber().doubleValue(), 1e-12, what);
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void oneStepAtATimeGivesTheWholeSequence(OwnLayer layer) {
    MultiLayerNetwork network = network(layer);
    for (int rows : new int[] {1, 4}) {
      INDArray x = Networks.random(rows, rows, 2, STEPS);
      INDArray whole = network.output(x);
      network.rnnClearPreviousState();
      for (int t = 0; t < STEPS; t++) {
        INDArray step = network.rnnTimeStep(x.get(all(), all(), point(t)));
        assertClose(whole.get(all(), all(), point(t)), step, "step " + t + " of " + rows);
      }
      // In pieces of several steps as well.
      network.rnnClearPreviousState();
      INDArray head = network.rnnTimeStep(x.get(all(), all(), interval(0, 4)));
      INDArray tail = network.rnnTimeStep(x.get(all(), all(), interval(4, STEPS)));
      assertClose(whole.get(all(), all(), interval(0, 4)), head, "head");
      assertClose(whole.get(all(), all(), interval(4, STEPS)), tail, "tail");
    }
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void stateIsReadSetAndCleared(OwnLayer layer) {
    MultiLayerNetwork network = network(layer);
    INDArray x = Networks.random(3, 2, 2, STEPS);
    INDArray first = network.rnnTimeStep(x).dup();
    Map<String, INDArray> below = network.rnnGetPreviousState(0);
    Map<String, INDArray> above = network.rnnGetPreviousState(1);
    INDArray second = network.rnnTimeStep(x).dup();
    assertTrue(first.sub(second).amaxNumber().doubleValue() > 1e-3, "a state makes a difference");

    network.rnnClearPreviousState();
    assertTrue(network.rnnGetPreviousState(0).isEmpty());
    assertClose(first, network.rnnTimeStep(x), "cleared");

    network.rnnSetPreviousState(0, below);
    network.rnnSetPreviousState(1, above);
    assertClose(second, network.rnnTimeStep(x), "set");

    // A pass over whole sequences neither uses the state nor changes it.
    network.rnnSetPreviousState(0, below);
    network.rnnSetPreviousState(1, above);
    assertClose(first, network.output(x), "output begins with zeros");
    assertClose(second, network.rnnTimeStep(x), "after output");
  }

  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void anotherBatchSizeIsRefused(OwnLayer layer) {
    MultiLayerNetwork network = network(layer);
    network.rnnTimeStep(Networks.random(1, 4, 2, 1));
    Exception e =
        assertThrows(
            RuntimeException.class, () -> network.rnnTimeStep(Networks.random(1, 1, 2, 1)));
    assertTrue(e.getMessage().contains("rnnClearPreviousState()"), e.getMessage());
    assertTrue(e.getMessage().contains("[4, 3]"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"BACKWARD", "BOTH"})
  void onlyForwardCanGoStepByStep(String direction) {
    MultiLayerNetwork network =
        Networks.network(
            2, new Rrnn.Builder().nOut(3).direction(Direction.valueOf(direction)).build());
    Exception e =
        assertThrows(
            UnsupportedOperationException.class,
            () -> network.rnnTimeStep(Networks.random(1, 1, 2, 1)));
    assertTrue(e.getMessage().contains(direction), e.getMessage());
  }

  /** With a stored state that is not to be changed, a pass can be repeated. */
  @ParameterizedTest
  @EnumSource(OwnLayer.class)
  void activationWithStoredStateIsRepeatable(OwnLayer own) {
    MultiLayerNetwork network = network(own);
    RecurrentLayer layer = (RecurrentLayer) network.getLayer(0);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    INDArray x = Networks.random(3, 2, 2, STEPS);
    layer.rnnSetTBPTTState(Map.of("prevAct", Networks.random(4, 2, 3)));
    INDArray once = layer.rnnActivateUsingStoredState(x, false, false, none).dup();
    INDArray twice = layer.rnnActivateUsingStoredState(x, false, false, none).dup();
    assertEquals(once, twice);
    layer.rnnActivateUsingStoredState(x, false, true, none);
    INDArray thrice = layer.rnnActivateUsingStoredState(x, false, false, none);
    assertTrue(once.sub(thrice).amaxNumber().doubleValue() > 1e-3);
    assertTrue(layer.rnnGetPreviousState().isEmpty(), "rnnTimeStep has a state of its own");
  }
}
