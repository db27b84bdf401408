package io.github.recurrentzoo.zoo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
  private final Table table =
      new Table()
          .caption("What it is")
          .head("name")
          .right("count")
          .left("note")
          .row("one", 7, "a | b")
          .row("two\nlines 😀", 1234.5, null);

  /** An emoji is one character wide, though Java counts two. */
  @Test
  void text() {
    assertEquals(
        """
        What it is
        name         count  note
        one              7  a | b
        two lines 😀  1,235
        """,
        table.text());
    assertEquals(
        "é…😀   n\na...  1\n",
        new Table().head("é…😀").right("n").row("abcde", 1).longestCell(4).text());
  }

  @Test
  void markdown() {
    assertEquals(
        """
        What it is

        | name | count | note |
        |---|---:|---|
        | one | 7 | a \\| b |
        | two lines 😀 | 1,235 |  |
        """,
        table.markdown());
  }

  @Test
  void html() {
    Html html = new Html();
    new Table()
        .caption("<caption>")
        .head("name")
        .right("count")
        .row("<b>", new Table.Shaded("3", true, 0.5))
        .write(html);
    assertEquals(
        """
        <div class="scroll" tabindex="0" role="region" aria-label="&lt;caption&gt;"><table class="plain"><caption><span>&lt;caption&gt;</span></caption>\
        <thead><tr><th scope="col">name</th><th scope="col" class="n">count</th></tr></thead>\
        <tbody><tr><th scope="row">&lt;b&gt;</th><td class="n hit" style="--p:0.500">3</td></tr></tbody></table></div>
        """,
        html.toString());
  }

  @Test
  void aRowHasACellForEachColumn() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> table.row("one", 2)).getMessage();
    assertEquals("A row needs 3 cells, one for each column, but has 2", message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0000",
    "0.00099, 9.90e-04",
    "-0.0002, -2.00e-04",
    "0.72114, 0.7211",
    "9.5, 9.500",
    "-12.3449, -12.34",
    "123.45, 123.5",
    "123456.7, '123,457'",
    "NaN, -",
    "Infinity, -"
  })
  void fourDigitsThatCount(double value, String expected) {
    assertEquals(expected, Table.number(value));
  }
}
