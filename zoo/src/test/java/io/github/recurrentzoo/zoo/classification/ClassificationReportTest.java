package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.report.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
  /** Of many labels the confusions are shown, where there are some. */
  @Test
  void withoutConfusionsThereIsNoTableOfThem() {
    List<String> labels = IntStream.range(0, 60).mapToObj(i -> "label " + i).toList();
    int[] classes = IntStream.range(0, 60).toArray();
    assertFalse(
        ClassificationReport.of(labels, classes, classes).toString().contains("confusions"));
    int[] answers = classes.clone();
    answers[3] = 4;
    String wrong = ClassificationReport.of(labels, classes, answers).toString();
    assertTrue(wrong.contains("most frequent confusions"), wrong);
  }

  private static final double EXACT = 1e-12;

  /*
   * By hand, and as scikit-learn 1.x says for labels=None:
   *           answered  a  b  c
   * expected a          3  1  0     recall 3/4
   *          b          2  2  1     recall 2/5
   *          c          0  0  0     recall 0 (no row), precision 0/1
   * precision a 3/5, b 2/3; F1 a 2*3/(4+5)=2/3, b 2*2/(5+3)=1/2, c 0; d neither occurs nor is
   * answered.
   */
  private final ClassificationReport report =
      ClassificationReport.of(
          List.of("a", "b", "c", "d"),
          new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1},
          new int[] {0, 0, 0, 1, 0, 0, 1, 1, 2});

  @Test
  void numbersAreThoseComputedByHand() {
    assertEquals(9, report.rows());
    assertEquals(5.0 / 9, report.accuracy(), EXACT);
    assertEquals((2.0 / 3 + 1.0 / 2 + 0) / 3, report.macroF1(), EXACT);
    assertScore("a", 3.0 / 5, 3.0 / 4, 2.0 / 3, 4);
    assertScore("b", 2.0 / 3, 2.0 / 5, 1.0 / 2, 5);
    assertScore("c", 0, 0, 0, 0);
    assertScore("d", 0, 0, 0, 0);
    assertEquals(2, report.count("b", "a"));
    assertEquals(1, report.count("a", "b"));
  }

  private void assertScore(String label, double precision, double recall, double f1, int support) {
    ClassificationReport.LabelScore score = report.scores().get(report.labels().indexOf(label));
    assertEquals(label, score.label());
    assertEquals(precision, score.precision(), EXACT);
    assertEquals(recall, score.recall(), EXACT);
    assertEquals(f1, score.f1(), EXACT);
    assertEquals(support, score.support());
  }

  /** 9 of 11: (0.5230, 0.9486), as statsmodels' proportion_confint(method="wilson") has it. */
  @Test
  void wilsonsInterval() {
    Interval interval = Interval.wilson(9 / 11.0, 11);
    assertEquals(0.5230, interval.lower(), 1e-4);
    assertEquals(0.9486, interval.upper(), 1e-4);
    assertTrue(interval.isWide());
    assertFalse(Interval.wilson(0.8, 500).isWide());
    assertEquals(0, Interval.wilson(0, 5).lower(), 1e-12);
    assertEquals(1, Interval.wilson(1, 5).upper(), 1e-12);
  }

  @Test
  void theTableIsTheOneToPrint() {
    assertEquals(
        """
        accuracy  0.5556  (5 of 9 rows; 95 % interval 0.267 to 0.811)
        macro F1  0.3889
        9 rows are too few to tell how good it is: the accuracy on other rows of this kind may be anything from 0.27 to 0.81. Test on more rows.

        label  precision  recall      F1  rows
        a         0.6000  0.7500  0.6667     4
        b         0.6667  0.4000  0.5000     5
        c         0.0000  0.0000  0.0000     0
        d         0.0000  0.0000  0.0000     0

        rows by label, columns by answer
              1  2  3  4
        a  1  3  1  .  .
        b  2  2  2  1  .
        c  3  .  .  .  .
        d  4  .  .  .  .
        """,
        report.toString());
  }

  private static String tableOf(int labels, String prefix, int rows) {
    List<String> names = IntStream.range(0, labels).mapToObj(i -> prefix + i).toList();
    Random random = new Random(1);
    int[] expected = random.ints(rows, 0, labels).toArray();
    int[] answered = Arrays.stream(expected).map(e -> random.nextInt(3) == 0 ? 0 : e).toArray();
    return ClassificationReport.of(names, expected, answered).toString();
  }

  @Test
  void fourteenLabelsFitInto120Columns() {
    String table = tableOf(14, "communication-", 73_486);
    assertTrue(table.lines().allMatch(line -> line.length() <= 120), table);
    assertEquals(14 + 2, table.lines().dropWhile(l -> !l.startsWith("rows by")).count(), table);
  }

  @Test
  void manyLongLabelsStayWithin120ColumnsToo() {
    String table = tableOf(60, "a label\nthat is much longer than any column should be ", 5000);
    assertTrue(table.lines().allMatch(line -> line.length() <= 120), table);
    assertTrue(table.contains("most frequent confusions"), table);
  }

  @Test
  void rowsAndAnswersMustMatch() {
    List<String> labels = List.of("a", "b");
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassificationReport.of(labels, new int[] {0, 1}, new int[] {0}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassificationReport.of(labels, new int[0], new int[0]));
    assertThrows(IllegalArgumentException.class, () -> report.count("a", "z"));
  }
}
