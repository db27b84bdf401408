package io.github.recurrentzoo.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@link FusedKernels#attach} did: each recurrent layer of the network, each embedding of
 * sequences and each softmax over sequences, in order, then the updater if it is Adam, then the
 * steps of {@code fit} if they are made on kernels as a whole. {@link #toString} is a table for
 * people to read.
 *
 * @param entries one for each of them
 */
public record AttachReport(List<Entry> entries) {

  /** What became of a layer. */
  public enum Outcome {
    /** A kernel computes it from now on. */
    ATTACHED("kernel attached"),
    /** A kernel was attached to it before. */
    ALREADY_ATTACHED("attached before"),
    /** It is an {@link Rrnn}, which has its kernel by itself. */
    OWN_KERNEL("kernel of its own"),
    /** No kernel computes it. */
    LEFT_ALONE("left as it is");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * One layer.
   *
   * @param layer its name in the network
   * @param kind what it is, within its wrappers: {@code LastTimeStep(LSTM)}
   * @param outcome what became of it
   * @param reason which kernel it has, or why it has none
   */
  public record Entry(String layer, String kind, Outcome outcome, String reason) {

    /** Whether a kernel computes the layer now. */
    public boolean hasKernel() {
      return outcome != Outcome.LEFT_ALONE;
    }
  }

  /** A report of these entries. */
  public AttachReport {
    entries = List.copyOf(entries);
  }

  /** Whether kernels compute all that is listed; true if there is nothing. */
  public boolean isComplete() {
    return entries.stream().allMatch(Entry::hasKernel);
  }

  /** The entry of a layer, or of the first one where several share a name. */
  public Entry entry(String layer) {
    return entries.stream()
        .filter(e -> e.layer().equals(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No recurrent layer \""
                        + layer
                        + "\"; there are "
                        + entries.stream().map(Entry::layer).toList()));
  }

  @Override
  public String toString() {
    if (entries.isEmpty()) {
      return "The network has nothing that kernels serve.";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "kind", "outcome", "because"));
    entries.forEach(e -> rows.add(List.of(e.layer(), e.kind(), e.outcome().text, e.reason())));
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < 3; column++) {
        int c = column;
        int width = rows.stream().mapToInt(r -> r.get(c).length()).max().orElse(0);
        table.append(row.get(c)).append(" ".repeat(width - row.get(c).length() + 2));
      }
      table.append(row.get(3)).append('\n');
    }
    long kernels = entries.stream().filter(Entry::hasKernel).count();
    return table.append(kernels + " of " + entries.size() + " run on kernels.").toString();
  }
}
