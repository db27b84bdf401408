package io.github.recurrentzoo.layers.kernel;

import static io.github.recurrentzoo.layers.RrnnParams.BIAS;
import static io.github.recurrentzoo.layers.RrnnParams.RECURRENT_WEIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.Direction;
import io.github.recurrentzoo.layers.Gru;
import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import io.github.recurrentzoo.layers.Rrnn;
import io.github.recurrentzoo.layers.kernel.KernelCase.Layout;
import io.github.recurrentzoo.layers.kernel.KernelCase.MaskKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference kernels against implementations that are not ours, or not this one:
 * Deeplearning4j's LSTM and SimpleRnn, and the SameDiff graph of {@link Rrnn}; outputs and
 * gradients, in double.
 */
class ReferenceAgreesWithDeeplearning4jTest {

  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();
  private static final int INPUTS = 3;
  private static final int HIDDEN = 5;
  private static final String HIDDEN_KEY = "prevAct"; // in the state of a layer
  private static final String MEMORY_KEY = "prevMem";
  private static final Set<CellActivation> FLOAT_CONSTANTS =
      EnumSet.of(CellActivation.HARDSIGMOID, CellActivation.LEAKYRELU);

  /** An activation under both names. */
  private static Activation named(CellActivation activation) {
    return Activation.valueOf(activation.name());
  }

  private static Layer configuration(KernelCase kase) {
    if (kase.cell() instanceof Cell.SimpleRnn cell) {
      return new SimpleRnn.Builder()
          .nOut(cell.hidden())
          .activation(named(cell.activation()))
          .build();
    }
    if (kase.cell() instanceof Cell.Lstm cell) {
      return new LSTM.Builder()
          .nOut(cell.hidden())
          .activation(named(cell.activation()))
          .gateActivationFunction(named(cell.gateActivation()))
          .build();
    }
    return own(kase.cell())
        .nOut(kase.cell().hidden())
        .direction(kase.forward() ? Direction.FORWARD : Direction.BACKWARD)
        .returnSequences(kase.returnSequences())
        .build();
  }

  /** Of the cells that are no layer's of Deeplearning4j. */
  private static RecurrentSameDiffLayer.Builder<?> own(Cell ofOurs) {
    if (ofOurs instanceof Cell.Gru cell) {
      return new Gru.Builder()
          .activation(named(cell.activation()))
          .gateActivation(named(cell.gateActivation()));
    }
    Cell.Rrnn cell = (Cell.Rrnn) ofOurs;
    return new Rrnn.Builder()
        .activation(named(cell.activation()))
        .gateActivation(named(cell.gateActivation()))
        .outputActivation(named(cell.outputActivation()))
        .stateCarry(cell.carry());
  }

  private static boolean isStandard(Cell cell) {
    return cell instanceof Cell.SimpleRnn || cell instanceof Cell.Lstm;
  }

  private static MultiLayerNetwork network(KernelCase kase) {
    return network(kase, configuration(kase));
  }

  /** A network of this layer alone, in double. */
  private static MultiLayerNetwork network(KernelCase kase, Layer configuration) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(configuration)
                .setInputType(InputType.recurrent(kase.cell().inputs()))
                .build());
    network.init();
    return network;
  }

  private static RecurrentLayer layer(KernelData data) {
    RecurrentLayer layer = (RecurrentLayer) network(data.kase()).getLayer(0);
    data.params()
        .forEach(
            (key, array) -> {
              INDArray to = layer.getParam(key);
              to.assign(array.reshape(to.shape()));
            });
    layer.setBackpropGradientsViewArray(Nd4j.zeros(DataType.DOUBLE, 1, layer.numParams()));
    layer.setMaskArray(data.mask());
    return layer;
  }

  /** Output, last state and gradients of the layer, under the names of {@link KernelData}. */
  private static Map<String, INDArray> run(KernelData data) {
    RecurrentLayer layer = layer(data);
    Map<String, INDArray> results = new LinkedHashMap<>();
    INDArray x = data.x().dup('c');
    if (data.kase().forward()) {
      layer.rnnSetTBPTTState(data.initial() == null ? Map.of() : state(data.initial()));
      results.put(
          KernelData.OUTPUT, layer.rnnActivateUsingStoredState(x, true, true, NONE).dup('c'));
      Map<String, INDArray> last = layer.rnnGetTBPTTState();
      results.put(KernelData.LAST_HIDDEN, last.get(HIDDEN_KEY).dup('c'));
      if (last.get(MEMORY_KEY) != null) {
        results.put(KernelData.LAST_MEMORY, last.get(MEMORY_KEY).dup('c'));
      }
    } else {
      results.put(KernelData.OUTPUT, layer.activate(x, true, NONE).dup('c'));
    }
    Pair<Gradient, INDArray> gradients = layer.backpropGradient(data.epsilon().dup('c'), NONE);
    for (String key : data.params().keySet()) {
      INDArray gradient = gradients.getFirst().getGradientFor(key);
      results.put(
          KernelData.gradientBy(key), gradient.dup('c').reshape(data.params().get(key).shape()));
    }
    results.put(KernelData.INPUT_GRADIENT, gradients.getSecond().dup('c'));
    return results;
  }

  private static Map<String, INDArray> state(RecurrentKernel.State initial) {
    return initial.memory() == null
        ? Map.of(HIDDEN_KEY, initial.hidden())
        : Map.of(HIDDEN_KEY, initial.hidden(), MEMORY_KEY, initial.memory());
  }

  private static void assertAgrees(KernelData data, Predicate<String> what) {
    KernelCase kase = data.kase();
    Map<String, INDArray> expected = data.run(kase.reference());
    Map<String, INDArray> actual = run(data);
    expected.keySet().retainAll(actual.keySet());
    expected.keySet().removeIf(what.negate());
    actual.keySet().removeIf(what.negate());
    // ND4J holds the 0.2 of the hard sigmoid and the 0.01 of the leaky ReLU as floats.
    boolean exact = Collections.disjoint(KernelCells.activations(kase.cell()), FLOAT_CONSTANTS);
    KernelData.assertClose(expected, actual, (name, array) -> exact ? 1e-11 : 1e-6, kase);
  }

  private static List<Cell> allCells() {
    List<Cell> cells = new ArrayList<>(KernelCells.all(INPUTS, HIDDEN));
    cells.addAll(KernelCells.withRelu6(INPUTS, HIDDEN));
    return cells;
  }

  private static List<Cell> standardCells() {
    List<Cell> cells = allCells();
    cells.removeIf(cell -> !isStandard(cell));
    return cells;
  }

  @ParameterizedTest
  @MethodSource("standardCells")
  void agreesWithLstmAndSimpleRnn(Cell cell) {
    for (MaskKind mask : List.of(MaskKind.NONE, MaskKind.ONES, MaskKind.RIGHT)) {
      KernelData data =
          new KernelCase(cell, 4, 6, true, true, mask, false, Layout.C, 17).data(DataType.DOUBLE);
      // A loss knows the mask: what comes back from it is zero where it masks.
      assertAgrees(mask == MaskKind.RIGHT ? data.withUnderMask(0) : data, name -> true);
    }
  }

  @ParameterizedTest
  @MethodSource("standardCells")
  void outputsAgreeUnderAllMasksAndFromAState(Cell cell) {
    for (MaskKind mask : MaskKind.values()) {
      for (boolean initial : new boolean[] {true, false}) {
        assertAgrees(
            new KernelCase(cell, 4, 6, true, true, mask, initial, Layout.F, 18)
                .data(DataType.DOUBLE),
            name -> !name.startsWith("gradient"));
      }
    }
  }

  @Test
  void gradientsOfSimpleRnnAgreeUnderAllMasks() {
    for (MaskKind mask : MaskKind.values()) {
      Cell cell = new Cell.SimpleRnn(INPUTS, HIDDEN, CellActivation.TANH);
      assertAgrees(
          new KernelCase(cell, 4, 6, true, true, mask, false, Layout.F, 19).data(DataType.DOUBLE),
          name -> true);
    }
  }

  /**
   * The forward pass of Deeplearning4j's LSTM sets a masked state to zero; its backward pass knows
   * no mask, and differentiates as if the state went through. Padding to the right hides it.
   */
  @ParameterizedTest
  @EnumSource(
      value = MaskKind.class,
      names = {"LEFT", "GAPS"})
  void deeplearning4jsLstmIgnoresTheMaskInItsGradient(MaskKind mask) {
    Cell cell = new Cell.Lstm(INPUTS, HIDDEN, CellActivation.TANH, CellActivation.SIGMOID);
    KernelCase kase = new KernelCase(cell, 4, 6, true, true, mask, false, Layout.C, 20);
    KernelData data = kase.data(DataType.DOUBLE).withUnderMask(0);
    INDArray right = data.run(kase.reference()).get(KernelData.gradientBy(BIAS));
    INDArray theirs = run(data).get(KernelData.gradientBy(BIAS));
    double error =
        right.sub(theirs).norm2Number().doubleValue() / right.norm2Number().doubleValue();
    assertTrue(error > 0.01, "the gradient of a masked LSTM is right now: " + error);
  }

  /** The blocks are in the order that {@link Cell.Lstm} says: the second is the forget gate's. */
  @Test
  void readsAndWritesTheArraysOfAnLstm() {
    Cell cell = new Cell.Lstm(INPUTS, HIDDEN, CellActivation.TANH, CellActivation.SIGMOID);
    KernelCase kase = new KernelCase(cell, 4, 6, true, true, MaskKind.NONE, false, Layout.F, 21);
    LSTM.Builder configuration =
        new LSTM.Builder().nOut(HIDDEN).activation(Activation.TANH).forgetGateBiasInit(2.5);
    RecurrentLayer layer = (RecurrentLayer) network(kase, configuration.build()).getLayer(0);
    assertEquals('f', layer.getParam(RECURRENT_WEIGHT).ordering());
    assertEquals(2.5, layer.getParam(BIAS).getDouble(HIDDEN), 0.0);
    KernelData drawn = kase.data(DataType.DOUBLE);
    KernelData data =
        new KernelData(
            kase, DataType.DOUBLE, layer.paramTable(), drawn.x(), null, null, drawn.epsilon());
    Map<String, INDArray> actual = data.run(kase.reference());
    layer.setBackpropGradientsViewArray(Nd4j.zeros(DataType.DOUBLE, 1, layer.numParams()));
    INDArray output = layer.activate(drawn.x().dup('c'), true, NONE).dup('c');
    Gradient gradient = layer.backpropGradient(drawn.epsilon().dup('c'), NONE).getFirst();
    Map<String, INDArray> expected = new LinkedHashMap<>();
    expected.put(KernelData.OUTPUT, output);
    gradient
        .gradientForVariable()
        .forEach((key, array) -> expected.put(KernelData.gradientBy(key), array.dup('c')));
    actual.keySet().retainAll(expected.keySet());
    KernelData.assertSame(expected, actual, kase);
  }

  // ---- our own layers against their graphs

  static Stream<KernelCase> ownCells() {
    List<KernelCase> cases = new ArrayList<>();
    for (Cell cell : allCells()) {
      if (!isStandard(cell)) {
        boolean forward = cases.size() % 2 == 0;
        MaskKind mask = MaskKind.GAPS;
        cases.add(new KernelCase(cell, 4, 6, forward, forward, mask, false, Layout.C, 22));
      }
    }
    for (Cell cell : KernelCells.usual(INPUTS, HIDDEN).subList(2, 5)) {
      for (boolean returnSequences : new boolean[] {true, false}) {
        for (MaskKind mask : MaskKind.values()) {
          // A row without any step is refused where no state is carried. Where one is, the graph
          // gives the output of zeros for it, and not zero, when it returns the last step only.
          if (mask != MaskKind.ROW || returnSequences) {
            cases.add(new KernelCase(cell, 4, 6, true, returnSequences, mask, true, Layout.C, 23));
          }
          if (mask != MaskKind.ROW) {
            cases.add(
                new KernelCase(cell, 4, 6, false, returnSequences, mask, false, Layout.F, 24));
          }
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("ownCells")
  void agreesWithTheGraph(KernelCase kase) {
    KernelData data = kase.data(DataType.DOUBLE);
    for (int b = 0; b < kase.batch() && kase.mask() == MaskKind.GAPS; b++) {
      data.mask().putScalar(b, 2, 1); // no row is masked throughout
    }
    assertAgrees(data, name -> true);
  }
}
