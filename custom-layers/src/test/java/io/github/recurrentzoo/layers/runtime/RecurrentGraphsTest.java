package io.github.recurrentzoo.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.Rrnn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.layers.samediff.DL4JSameDiffMemoryMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.internal.SessionMemMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RecurrentGraphsTest {

  private final Rrnn conf = new Rrnn.Builder().nIn(1).nOut(1).build();
  private final Map<String, INDArray> params = params(conf);
  private final RecurrentGraphs graphs = new RecurrentGraphs();

  private static Map<String, INDArray> params(Rrnn conf) {
    Map<String, INDArray> params = new LinkedHashMap<>();
    conf.parameters()
        .forEach(p -> params.put(p.key(), Nd4j.zeros(DataType.FLOAT, p.rows(), p.columns())));
    return params;
  }

  private RecurrentGraph get(long steps, boolean masked) {
    return graphs.get(conf, DataType.FLOAT, params, steps, masked);
  }

  @Test
  void keepsOneGraphForEachLength() {
    RecurrentGraph five = get(5, false);
    assertSame(five, get(5, false));
    assertNotSame(five, get(6, false));
    RecurrentGraph fiveMasked = get(5, true);
    assertNotSame(five, fiveMasked);
    assertSame(fiveMasked, get(5, true));
    assertEquals(2, graphs.size(), "the one without a mask is gone, since it will not be asked");
    assertEquals(11, graphs.totalSteps());
  }

  @Test
  void oneWithAMaskServesWithoutAsWell() {
    RecurrentGraph masked = get(5, true);
    assertSame(masked, get(5, false));
    assertEquals(1, graphs.size());
  }

  /** The default length of text classification is 100. */
  @Test
  void lengthsOneToAHundredFit() {
    RecurrentGraph[] first = new RecurrentGraph[101];
    for (int steps = 1; steps <= 100; steps++) {
      first[steps] = get(steps, true);
    }
    for (int steps = 1; steps <= 100; steps++) {
      assertSame(first[steps], get(steps, steps % 2 == 0));
    }
  }

  @Test
  void letsGoOfTheGraphsUsedLongestAgo() {
    int lengths = 140; // 1 to 140 are 9,870 steps, nearly twice what is kept
    RecurrentGraph first = get(1, false);
    for (int steps = 2; steps <= lengths; steps++) {
      get(steps, false);
      assertTrue(graphs.totalSteps() <= RecurrentGraphs.MAX_STEPS, "at length " + steps);
    }
    assertSame(get(lengths, false), get(lengths, false));
    assertNotSame(first, get(1, false));
  }

  @Test
  void keepsTheNewestHoweverLong() {
    get(3, false);
    long long0 = RecurrentGraphs.MAX_STEPS + 1;
    RecurrentGraph longest = get(long0, false);
    assertEquals(1, graphs.size());
    assertSame(longest, get(long0, false));
  }

  @Test
  void aGraphHoldsNoArraysBetweenRuns() {
    RecurrentGraph graph = get(3, true);
    SessionMemMgr detached = new DL4JSameDiffMemoryMgr(null, null, null, null);
    INDArray x = Nd4j.ones(DataType.FLOAT, 2, 1, 3);
    RecurrentGraph.Inputs inputs =
        new RecurrentGraph.Inputs(x, null, Nd4j.zeros(DataType.FLOAT, 2, 1));
    assertEquals(3, graph.activate(inputs, true, detached).output().size(2));
    assertEquals(0, graph.arraysHeld());
    assertEquals(6, graph.backpropagate(inputs, x, detached).params().size());
    assertEquals(0, graph.arraysHeld());
  }
}
