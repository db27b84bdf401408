package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.report.JsonTree;
import io.github.recurrentzoo.zoo.report.Table;
import io.github.recurrentzoo.zoo.text.EditDistance;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How good outputs are. A source that has several targets counts once: an output is right if it is
 * one of them, and its distance is that to the nearest one.
 */
public final class TranslationReport {
  private static final int ERRORS_TO_SHOW = 10;
  private static final int WORST = 50;
  private static final int LONGEST_CELL = 40;

  private final int sources;
  private final int exactMatches;
  private final int copies;
  private final long edits;
  private final long symbols;
  private final String unit;
  private final List<Mistake> mistakes;

  /**
   * An output that is none of its source's targets.
   *
   * @param source the input
   * @param target the nearest target
   * @param output what was answered
   * @param edits the number of symbols to insert, delete and replace between output and target
   */
  public record Mistake(String source, String target, String output, int edits) {

    Map<String, Object> toMap() {
      return JsonTree.object("source", source, "target", target, "output", output, "edits", edits);
    }
  }

  private TranslationReport(
      int sources, int copies, long edits, long symbols, String unit, List<Mistake> mistakes) {
    this.sources = sources;
    this.copies = copies;
    this.exactMatches = sources - mistakes.size();
    this.edits = edits;
    this.symbols = symbols;
    this.unit = unit;
    this.mistakes = List.copyOf(mistakes);
  }

  /** The targets of each source, both in the order of the pairs. */
  static Map<String, List<String>> targets(List<TextPair> pairs) {
    Map<String, List<String>> targets = new LinkedHashMap<>();
    for (TextPair pair : pairs) {
      targets.computeIfAbsent(pair.source(), source -> new ArrayList<>()).add(pair.target());
    }
    return targets;
  }

  /**
   * Compares.
   *
   * @param targets of each source
   * @param outputs one for each source, in the order of the map
   * @param unit what a symbol of a target is
   */
  static TranslationReport of(
      Map<String, List<String>> targets, List<String> outputs, SymbolUnit unit) {
    long edits = 0;
    long symbols = 0;
    int copies = 0;
    List<Mistake> mistakes = new ArrayList<>();
    int next = 0;
    for (Map.Entry<String, List<String>> entry : targets.entrySet()) {
      String output = outputs.get(next++);
      copies += entry.getValue().contains(entry.getKey()) ? 1 : 0;
      List<String> outputSymbols = unit.cut(output);
      Mistake nearest = null;
      int size = 0;
      for (String target : entry.getValue()) {
        List<String> targetSymbols = unit.cut(target);
        int distance = EditDistance.between(targetSymbols, outputSymbols);
        if (nearest == null || distance < nearest.edits()) {
          nearest = new Mistake(entry.getKey(), target, output, distance);
          size = targetSymbols.size();
        }
      }
      edits += nearest.edits();
      symbols += size;
      if (nearest.edits() > 0) {
        mistakes.add(nearest);
      }
    }
    mistakes.sort(Comparator.comparingInt(Mistake::edits).reversed());
    return new TranslationReport(targets.size(), copies, edits, symbols, unit.inWords(), mistakes);
  }

  /** The number of different sources. */
  public int sources() {
    return sources;
  }

  /** The fraction of sources whose output is one of their targets, symbol by symbol. */
  public double exactMatch() {
    return (double) exactMatches / sources;
  }

  /** The same of giving each source back as it is: what can be had without a network. */
  public double baselineExactMatch() {
    return (double) copies / sources;
  }

  /**
   * The edit distance per symbol: the number of symbols to insert, delete and replace in all
   * outputs, by the number of symbols of the targets.
   */
  public double symbolErrorRate() {
    return (double) edits / symbols;
  }

  /** The outputs that are wrong, those of the largest distance first. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /** The worst {@value #WORST} of {@link #mistakes()} at the most. */
  public List<Mistake> worstMistakes() {
    return mistakes.subList(0, Math.min(WORST, mistakes.size()));
  }

  /**
   * All of it as an object of JSON: {@code inputs}, {@code exactMatch}, {@code symbolErrorRate},
   * {@code baselineExactMatch}, the number of {@code mistakes}, and {@code worstMistakes}.
   */
  public Map<String, Object> toMap() {
    return JsonTree.object(
        "inputs", sources,
        "exactMatch", exactMatch(),
        "symbolErrorRate", symbolErrorRate(),
        "baselineExactMatch", baselineExactMatch(),
        "mistakes", mistakes.size(),
        "worstMistakes", worstMistakes().stream().map(Mistake::toMap).toList());
  }

  /** The figures, and a table of the worst mistakes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "exact match        %.4f  (%d of %d inputs)", exactMatch(), exactMatches, sources);
    line(
        text,
        "symbol error rate  %.4f  (%d edits on %d %s)",
        symbolErrorRate(),
        edits,
        symbols,
        unit);
    if (!mistakes.isEmpty()) {
      Table table =
          new Table()
              .caption("worst of %d mistakes".formatted(mistakes.size()))
              .right("edits")
              .left("input")
              .left("expected")
              .left("answer")
              .longestCell(LONGEST_CELL);
      mistakes.stream()
          .limit(ERRORS_TO_SHOW)
          .forEach(each -> table.row(each.edits(), each.source(), each.target(), each.output()));
      text.append('\n').append(table.text());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
