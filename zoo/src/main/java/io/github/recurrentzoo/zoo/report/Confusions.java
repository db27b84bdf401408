package io.github.recurrentzoo.zoo.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is taken for what, as tables.
 *
 * @param labels C of them
 * @param counts [C][C], how often a label (row) got an answer (column)
 * @param counted what was counted, in the plural, such as "words"
 */
public record Confusions(List<String> labels, List<List<Integer>> counts, String counted) {
  private static final int MOST = 15;
  private static final int LONGEST_CELL = 24;

  /** The wrong answers, the most frequent first; 15 at most. */
  public Table mostFrequent() {
    record Confusion(int expected, int answered, int count) {}
    List<Confusion> all = new ArrayList<>();
    for (int e = 0; e < labels.size(); e++) {
      for (int a = 0; a < labels.size(); a++) {
        int count = counts.get(e).get(a);
        if (e != a && count > 0) {
          all.add(new Confusion(e, a, count));
        }
      }
    }
    all.sort(Comparator.comparingInt(Confusion::count).reversed());
    Table table =
        new Table()
            .caption("most frequent confusions")
            .head("label")
            .left("answer")
            .right(counted)
            .longestCell(LONGEST_CELL);
    all.stream()
        .limit(MOST)
        .forEach(
            each -> table.row(labels.get(each.expected), labels.get(each.answered), each.count));
    return table;
  }

  /** The whole matrix for a page, each cell shaded by its share of the row. */
  public Table matrix() {
    Table table =
        new Table()
            .caption(
                "Confusion matrix: number of %s by label (row) and by answer (column)"
                    .formatted(counted))
            .matrix()
            .head("label \\ answer")
            .right(labels.toArray(String[]::new));
    for (int e = 0; e < labels.size(); e++) {
      int all = Math.max(1, counts.get(e).stream().mapToInt(Integer::intValue).sum());
      List<Object> row = new ArrayList<>(List.of(labels.get(e)));
      for (int a = 0; a < labels.size(); a++) {
        int count = counts.get(e).get(a);
        row.add(
            count == 0
                ? "\u00B7"
                : new Table.Shaded(Integer.toString(count), e == a, (double) count / all));
      }
      table.row(row.toArray());
    }
    return table;
  }
}
