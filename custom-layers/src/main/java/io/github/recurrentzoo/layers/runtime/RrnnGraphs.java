package io.github.recurrentzoo.layers.runtime;

import io.github.recurrentzoo.layers.Rrnn;
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
final class RrnnGraphs {

  /** Lengths 1 to 60, with and without mask, fit at once; so does a single graph of any length. */
  static final long MAX_STEPS = 4096;

  private record Key(long steps, boolean masked) {}

  private final Map<Key, RrnnGraph> graphs = new LinkedHashMap<>(16, 0.75f, true);
  private long totalSteps;

  RrnnGraph get(
      Rrnn conf, DataType dataType, Map<String, INDArray> params, long steps, boolean masked) {
    Key key = new Key(steps, masked);
    RrnnGraph graph = graphs.get(key);
    if (graph == null) {
      graph = Workspaces.outside(() -> new RrnnGraph(conf, dataType, params, steps, masked));
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
