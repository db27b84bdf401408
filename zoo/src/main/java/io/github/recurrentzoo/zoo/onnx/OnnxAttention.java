package io.github.recurrentzoo.zoo.onnx;

import io.github.recurrentzoo.layers.LuongAttentionVertex;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes attention as {@link LuongAttentionVertex} has it. Within, batches come first.
 *
 * @param graph is added to
 */
record OnnxAttention(OnnxGraph graph) {

  /**
   * Adds a vertex.
   *
   * @param queries [T, N, H]
   * @param states [S, N, ...], in one part or several
   * @param sequence that of the states
   * @return what it gives, [T, N, A]
   * @throws UnsupportedOperationException if its weights depend on offsets
   */
  String add(
      LuongAttentionVertex vertex,
      String queries,
      List<String> states,
      OnnxSequence sequence,
      Map<String, INDArray> weights) {
    if (vertex.getMaxOffset() > 0) {
      throw new UnsupportedOperationException("ONNX export has no attention by offsets.");
    }
    INDArray score = weights.get(LuongAttentionVertex.SCORE_WEIGHT);
    INDArray output = weights.get(LuongAttentionVertex.OUTPUT_WEIGHT);
    INDArray bias = weights.get(LuongAttentionVertex.BIAS);
    String all = graph.turned(graph.concat(states));
    String asked = graph.turned(queries);
    String projected = product(asked, "score", score);
    String each = graph.add("Transpose", List.of(all), OnnxGraph.integers("perm", 0, 2, 1));
    String scores = graph.add("MatMul", List.of(projected, each));
    if (sequence.lengths() != null) {
      String present =
          graph.add(
              "Transpose",
              List.of(sequence.present(states.get(0))),
              OnnxGraph.integers("perm", 1, 2, 0));
      scores = graph.add("Where", List.of(present, scores, graph.number(-Float.MAX_VALUE)));
    }
    String share = graph.add("Softmax", List.of(scores), OnnxGraph.integer("axis", -1));
    String context = graph.add("MatMul", List.of(share, all));
    String sum = product(graph.concat(List.of(context, asked)), "output", output);
    sum = graph.add("Add", List.of(sum, graph.weights("b", bias, bias.length())));
    return graph.turned(graph.add("Tanh", List.of(sum)));
  }

  private String product(String tensor, String name, INDArray weights) {
    return graph.add(
        "MatMul", List.of(tensor, graph.weights(name, weights, weights.size(0), weights.size(1))));
  }
}
