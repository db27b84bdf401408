package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaggingReportTest {

  private static TaggingReport report(Set<String> seen, String expected, String answers) {
    TaggedText row = TagData.row(expected);
    return TaggingCounts.of(
        List.of("A", "B"), List.of(row), List.of(List.of(answers.split(" "))), seen::contains);
  }

  @Test
  void wordsAreCounted() {
    TaggingReport report = report(Set.of("a", "b"), "a/A b/A C/B d/B a/A", "A B B A B");
    assertEquals(0.4, report.accuracy(), 1e-12);
    assertEquals(2, report.unseen());
    assertEquals(0.5, report.unseenAccuracy(), 1e-12);
    assertEquals(0, report.sentenceAccuracy());
    TaggingReport.Score a = report.scores().get(0);
    assertEquals(0.5, a.precision(), 1e-12);
    assertEquals(1 / 3.0, a.recall(), 1e-12);
    assertEquals(0.4, a.f1(), 1e-12);
    assertTrue(report.spanF1().isEmpty());
    assertEquals(
        List.of(
            new TaggingReport.Mistake("a", "A", "B", 1, "a b C d [a]"),
            new TaggingReport.Mistake("b", "A", "B", 1, "a [b] C d a"),
            new TaggingReport.Mistake("d", "B", "A", 1, "a b C [d] a")),
        report.mistakes());
  }

  /** The figures that conlleval prints for these lines. */
  @Test
  void spansAreCountedAsConllevalDoes() {
    TaggedText row =
        TagData.row("x/B-PER x/I-PER x/O x/B-LOC x/O x/B-ORG x/I-ORG x/O x/B-PER x/B-PER");
    List<String> answers =
        List.of("B-PER", "I-PER", "O", "B-ORG", "O", "B-ORG", "O", "B-MISC", "B-PER", "I-PER");
    TaggingReport report =
        TaggingCounts.of(List.of("O"), List.of(row), List.of(answers), word -> true);
    // Expected: PER 0-2, LOC 3, ORG 5-7, PER 8, PER 9. Found: PER 0-2, ORG 3, ORG 5, MISC 7,
    // PER 8-10: one is right.
    TaggingReport.Score all = report.spans().get(0);
    assertEquals(5, all.expected());
    assertEquals(5, all.found());
    assertEquals(1, all.right());
    assertEquals(0.2, report.spanF1().orElseThrow(), 1e-12);
    assertEquals(0.6, report.accuracy(), 1e-12);
    Map<String, Object> map = report.toMap();
    assertEquals(0.2, (Double) map.get("spanF1"), 1e-12);
  }

  /** In BIOES the same spans are found. */
  @Test
  void schemesAreConverted() {
    List<String> bioes = List.of("S-A", "O", "B-A", "E-A", "S-A", "B-B", "I-B", "E-B");
    List<String> iob2 = List.of("B-A", "O", "B-A", "I-A", "B-A", "B-B", "I-B", "I-B");
    List<String> iob1 = List.of("I-A", "O", "I-A", "I-A", "B-A", "I-B", "I-B", "I-B");
    List<String> bilou = List.of("U-A", "O", "B-A", "L-A", "U-A", "B-B", "I-B", "L-B");
    assertEquals(SpanLabels.Scheme.BIOES, SpanLabels.scheme(List.of(bioes)));
    assertEquals(SpanLabels.Scheme.IOB2, SpanLabels.scheme(List.of(iob2)));
    assertEquals(SpanLabels.Scheme.IOB1, SpanLabels.scheme(List.of(iob1)));
    assertEquals(SpanLabels.Scheme.BILOU, SpanLabels.scheme(List.of(bilou)));
    assertEquals(SpanLabels.Scheme.NONE, SpanLabels.scheme(List.of(List.of("DET", "O"))));
    for (List<String> labels : List.of(bioes, iob2, iob1, bilou)) {
      assertEquals(iob2, SpanLabels.toIob2(labels));
      assertEquals(SpanLabels.spans(iob2), SpanLabels.spans(labels));
    }
  }

  @Test
  void theBaselineGoesByWordThenByEnding() {
    WordBaseline baseline =
        WordBaseline.train(
            List.of(
                TagData.row("run/N run/V run/V going/V seeing/V thing/N Paris/P"),
                TagData.row("bus/N")));
    assertEquals(
        List.of("V", "V", "N", "P", "V", "P"),
        baseline.tag(List.of("run", "baling", "anthing", "Boris", "qqq", "Qqq")));
  }

  @Test
  void tablesShowNetworkAndBaseline() {
    TaggingReport report = report(Set.of("a"), "a/A b/B", "A A");
    String alone = report.toString();
    assertFalse(alone.contains("baseline"), alone);
    TaggingReport beside = report.beside(report(Set.of("a"), "a/A b/B", "B B"));
    String text = beside.toString();
    assertTrue(text.lines().anyMatch(line -> line.startsWith("baseline    0.5000")), text);
    assertTrue(text.contains("a [b]"), text);
    Map<?, ?> other = (Map<?, ?>) beside.toMap().get("baseline");
    assertEquals(WordBaseline.NAME, other.get("name"));
    assertEquals(0.5, other.get("accuracy"));
  }
}
