package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.RecurrentSameDiffLayer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The graphs of one layer, by sequence length and by whether there is a mask: a SameDiff graph is
 * unrolled for one length. Those used longest ago go first when all together hold more than {@link
 * #MAX_STEPS} time steps, so that memory is bounded however many lengths are seen.
 */
final class RecurrentGraphs {

  /**
   * Lengths 1 to 100 fit at once; so does a single graph of any length. A time step of a graph that
   * has been trained takes some 70 KB of heap for an Rrnn with {@code StateCarry.MAIN}, 160 KB with
   * {@code UPDATED}; so the graphs of lengths 1 to 100 take 0.4 or 0.8 GB in each layer.
   */
  static final long MAX_STEPS = 5120;

  private record Key(long steps, boolean masked) {}

  private final Map<Key, RecurrentGraph> graphs = new LinkedHashMap<>(16, 0.75f, true);
  private long totalSteps;

  /**
   * The graph for a length. Without a mask, one with a mask serves as well where it is there
   * already: then a mask of ones is to be given to it.
   */
  RecurrentGraph get(
      RecurrentSameDiffLayer conf,
      DataType dataType,
      Map<String, INDArray> params,
      long steps,
      boolean masked) {
    Key withMask = new Key(steps, true);
    Key key = masked || graphs.containsKey(withMask) ? withMask : new Key(steps, false);
    RecurrentGraph graph = graphs.get(key);
    if (graph == null) {
      if (masked && graphs.remove(new Key(steps, false)) != null) {
        totalSteps -= steps; // the one with a mask serves from now on
      }
      graph =
          Workspaces.outside(() -> new RecurrentGraph(conf, dataType, params, steps, key.masked()));
      graphs.put(key, graph);
      totalSteps += steps;
      evictOldest();
    }
    return graph;
  }

  private void evictOldest() {
    Iterator<Key> oldestFirst = graphs.keySet().iterator();
    while (totalSteps > MAX_STEPS && graphs.size() > 1) {
      totalSteps -= oldestFirst.next().steps();
      oldestFirst.remove();
    }
  }

  void clear() {
    graphs.clear();
    totalSteps = 0;
  }

  int size() {
    return graphs.size();
  }

  long totalSteps() {
    return totalSteps;
  }
}
