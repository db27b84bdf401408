package io.github.recurrentzoo.zoo.onnx;

import java.util.List;

/**
 * Operations on sequences, which are [T, N, size] in the graph: the order of ONNX's recurrent
 * operators. Rows are padded on the right.
 *
 * @param graph they are added to
 * @param lengths the name of the rows' lengths [N]; null where all rows have all steps
 */
record OnnxSequence(OnnxGraph graph, String lengths) {

  /** Zeros for a state that is not there yet, [1, N, size], N being that of some steps. */
  String zeros(String steps, long size) {
    String shape = graph.add("Shape", List.of(steps));
    String rows = graph.add("Gather", List.of(shape, graph.longs(1)));
    return graph.add(
        "ConstantOfShape",
        List.of(
            graph.add(
                "Concat",
                List.of(graph.longs(1), rows, graph.longs(size)),
                OnnxGraph.integer("axis", 0))));
  }

  /** The steps that are there of each row, turned round; padding stays behind them. */
  String reversed(String steps) {
    String counts = lengths == null ? allSteps(steps) : lengths;
    return graph.add(
        "ReverseSequence",
        List.of(steps, counts),
        OnnxGraph.integer("time_axis", 0),
        OnnxGraph.integer("batch_axis", 1));
  }

  private String allSteps(String steps) {
    String shape = graph.add("Shape", List.of(steps));
    String count = graph.add("Gather", List.of(shape, graph.longs(0)));
    String rows = graph.add("Gather", List.of(shape, graph.longs(1)));
    return graph.add("Expand", List.of(count, rows));
  }

  /** The last step that is there of each row, [N, size]. */
  String last(String steps) {
    if (lengths == null) {
      return graph.add("Gather", List.of(steps, graph.oneLong(-1)), OnnxGraph.integer("axis", 0));
    }
    // One row of [N, T, size] at lengths - 1 of each n.
    String byRow = graph.add("Transpose", List.of(steps), OnnxGraph.integers("perm", 1, 0, 2));
    String place = graph.add("Sub", List.of(lengths, graph.oneLong(1)));
    String index = graph.add("Unsqueeze", List.of(place, graph.longs(1)));
    return graph.add("GatherND", List.of(byRow, index), OnnxGraph.integer("batch_dims", 1));
  }

  /** Which steps are there, [T, N, 1], true or false. */
  String present(String steps) {
    String shape = graph.add("Shape", List.of(steps));
    String count = graph.add("Gather", List.of(shape, graph.oneLong(0)));
    String times = graph.add("Range", List.of(graph.oneLong(0), count, graph.oneLong(1)));
    String column = graph.add("Unsqueeze", List.of(times, graph.longs(1)));
    String before = graph.add("Less", List.of(column, lengths));
    return graph.add("Unsqueeze", List.of(before, graph.longs(2)));
  }

  /** The mean of the steps that are there, [N, size]. */
  String mean(String steps) {
    if (lengths == null) {
      return graph.add(
          "ReduceMean",
          List.of(steps),
          OnnxGraph.integers("axes", 0),
          OnnxGraph.integer("keepdims", 0));
    }
    String kept = graph.add("Where", List.of(present(steps), steps, graph.number(0)));
    String sum =
        graph.add("ReduceSum", List.of(kept, graph.longs(0)), OnnxGraph.integer("keepdims", 0));
    String count = graph.add("Cast", List.of(lengths), OnnxGraph.integer("to", 1));
    return graph.add("Div", List.of(sum, graph.add("Unsqueeze", List.of(count, graph.longs(1)))));
  }

  /** The largest of the steps that are there, [N, size]. */
  String largest(String steps) {
    String kept =
        lengths == null
            ? steps
            : graph.add("Where", List.of(present(steps), steps, graph.number(-Float.MAX_VALUE)));
    return graph.add(
        "ReduceMax",
        List.of(kept),
        OnnxGraph.integers("axes", 0),
        OnnxGraph.integer("keepdims", 0));
  }
}
