package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Cases;
import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.datavec.api.records.reader.impl.collection.CollectionRecordReader;
import org.datavec.api.records.reader.impl.csv.CSVRecordReader;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabeledTextReaderTest {

  @TempDir Path folder;

  private final LabeledTextReader reader = LabeledTextReader.builder().build();

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void quotedFieldsHoldCommasQuotesAndLineBreaks() throws IOException {
    Path csv = file("a.csv", "text,label\n\"Good, \"\"very\"\" good\nindeed\",pos\nbad,neg\n");
    assertEquals(
        List.of(
            new LabeledText("Good, \"very\" good\nindeed", "pos"), new LabeledText("bad", "neg")),
        reader.read(csv));
    assertEquals(List.of(), reader.warnings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text,label\na,x\nb,y\n",
        "text,label\na,x\nb,y",
        "text,label\r\na,x\r\nb,y\r\n",
        "text,label\ra,x\rb,y",
        "\uFEFFtext,label\na,x\nb,y\n",
        "\n text , label \n\na,x\n\n  \nb,y\n\n",
        "\"text\",\"label\"\n\"a\",\"x\"\n\"b\",\"y\"",
        "id,label,text\n1,x,a\n2,y,b\n"
      })
  void waysToWriteTheSameRows(String content) throws IOException {
    assertEquals(
        List.of(new LabeledText("a", "x"), new LabeledText("b", "y")),
        reader.read(file("a.csv", content)));
  }

  @Test
  void theNameTellsTheDelimiter() throws IOException {
    List<LabeledText> rows = List.of(new LabeledText("a, b; c", "x"));
    assertEquals(rows, reader.read(file("a.tsv", "text\tlabel\na, b; c\tx\n")));
    assertEquals(rows, reader.read(file("a.CSV", "text,label\n\"a, b; c\",x\n")));
  }

  @Test
  void delimiterAndColumnsCanBeSet() throws IOException {
    LabeledTextReader german =
        LabeledTextReader.builder()
            .textColumn("Kommentar")
            .labelColumn("Größe")
            .delimiter(';')
            .build();
    assertEquals(
        List.of(new LabeledText("sehr gut, danke", "groß")),
        german.read(file("a.txt", "Nr;Größe;Kommentar\n1;groß;sehr gut, danke\n")));
  }

  @Test
  void anyLanguageIsReadAsItIs() throws IOException {
    String text = "我喜欢 ภาษาไทย \uD83D\uDE00 مرحبا";
    assertEquals(
        List.of(new LabeledText(text, "gut")),
        reader.read(file("a.csv", "text,label\n" + text + ",gut\n")));
  }

  @Test
  void aQuoteInsideAnUnquotedFieldIsAQuote() throws IOException {
    assertEquals(
        List.of(new LabeledText("6\" nails", "tool")),
        reader.read(file("a.csv", "text,label\n6\" nails,tool\n")));
  }

  @Test
  void rowsWithAnEmptyTextAreSkippedWithAWarning() throws IOException {
    StringBuilder csv = new StringBuilder("text,label\ngood,pos\n,pos\n");
    assertEquals(1, reader.read(file("a.csv", csv.toString())).size());
    assertEquals(
        List.of(folder.resolve("a.csv") + ": 1 row was skipped, as the text is empty (line 3)."),
        reader.warnings());

    csv.append("\" \n \",pos\n").append(",neg\n".repeat(7));
    assertEquals(1, reader.read(file("a.csv", csv.toString())).size());
    assertEquals(
        List.of(
            folder.resolve("a.csv")
                + ": 9 rows were skipped, as the text is empty (lines 3, 4, 6, 7, 8 and others)."),
        reader.warnings());
  }

  private static Map<String, Long> counts(List<LabeledText> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(LabeledText::label, TreeMap::new, Collectors.counting()));
  }

  private List<String> warnings(Path file) {
    return reader.warnings().stream().map(w -> w.substring(file.toString().length() + 2)).toList();
  }

  @Test
  void labelsThatDifferInCaseOrFormOnlyGiveAWarning() throws IOException {
    Path csv = file("a.csv", "text,label\na,Pos\nb,pos\nc, pos\nd,neg\ne,pos\n");
    assertEquals(Map.of("Pos", 1L, "pos", 3L, "neg", 1L), counts(reader.read(csv)));
    assertEquals(
        List.of(
            "1 label was cleaned of what cannot be seen, such as \" pos\" (line 4): control and format characters, blanks around or repeated, letters and accents apart.",
            "the labels \"Pos\" (1 row), \"pos\" (3 rows) differ in case or form only, but count as different classes. If they mean the same, write them alike."),
        warnings(csv));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000é",
        "é\u200b",
        "\ufeffé",
        " é\u00a0",
        "\te",
        "e\u0301",
        "é\u00ad",
        "\u202eé\u202c",
        "é\u200d"
      })
  void whatNoPersonCanSeeMakesNoLabel(String label) throws IOException {
    String expected = label.equals("\te") ? "e" : "é";
    List<LabeledText> rows = reader.read(file("a.csv", "text,label\na,\"" + label + "\"\n"));
    assertEquals(expected, rows.get(0).label());
    assertEquals(1, reader.warnings().size(), reader.warnings()::toString);
  }

  @Test
  void joinersInsideAreSeen() throws IOException {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69";
    List<LabeledText> rows = reader.read(file("a.csv", "text,label\na," + family + "\n"));
    assertEquals(family, rows.get(0).label());
    assertEquals(List.of(), reader.warnings());
  }

  @Test
  void labelsAsUsersHaveThem() {
    Path nul = Cases.file("nul_label.csv");
    assertEquals(Set.of("0", "1"), counts(reader.read(nul)).keySet());
    assertEquals(1, reader.warnings().size());
    assertTrue(
        warnings(nul).get(0).contains("such as \"0\\u0000\" (line 2)"), warnings(nul)::toString);

    Path cities = Cases.file("labelspace.csv");
    assertEquals(
        Map.of("Los Angeles", 47L, "New York", 99L, "new york", 54L), counts(reader.read(cities)));
    assertEquals(2, reader.warnings().size());
    assertTrue(
        warnings(cities)
            .get(1)
            .startsWith("the labels \"New York\" (99 rows), \"new york\" (54 rows)"));

    Path stars = Cases.file("stars_mixed.csv");
    LabeledTextReader reviews =
        LabeledTextReader.builder().textColumn("review").labelColumn("stars").build();
    assertEquals(Map.of("1", 76L, "1.0", 47L, "5", 41L, "5.0", 36L), counts(reviews.read(stars)));
    assertEquals(3, reviews.warnings().size(), reviews.warnings()::toString);
    assertTrue(
        reviews.warnings().get(2).contains("\"1.0\" (47 rows), \"1\" (76 rows)"),
        reviews.warnings()::toString);
  }

  @Test
  void severalLabelsInACellAreNamed() throws IOException {
    Path cells = Cases.file("multilabel.csv");
    assertEquals(4, counts(reader.read(cells)).size());
    assertEquals(
        List.of(
            "2 labels look like several labels in one cell: \"toxic;insult\" (45 rows), \"threat,toxic\" (56 rows). Each text has one label here, so that each combination counts as a class of its own. Write one label per row, or train one classifier for each label."),
        warnings(cells));
    reader.read(
        file("a.csv", "text,label\na,\"Paris, France\"\nb,\"London, UK\"\nc,\"York, UK\"\n"));
    assertEquals(List.of(), reader.warnings());
  }

  @Test
  void warningsAreThoseOfTheLastRead() throws IOException {
    reader.read(file("a.csv", "text,label\na,x\n,x\n"));
    reader.read(file("b.csv", "text,label\na,x\n"));
    assertEquals(List.of(), reader.warnings());
  }

  @Test
  void aTextOfOneMegabyteIsRead() throws IOException {
    String text = "word, \"and\" \n".repeat(80_000);
    Path csv = file("a.csv", "text,label\n\"" + text.replace("\"", "\"\"") + "\",x\n");
    assertEquals(List.of(new LabeledText(text, "x")), reader.read(csv));
  }

  @Test
  void equalLabelsShareOneString() throws IOException {
    List<LabeledText> rows = reader.read(file("a.csv", "text,label\na,x\nb,x\n"));
    assertSame(rows.get(0).label(), rows.get(1).label());
  }

  @Test
  void aRecordReaderOfDataVecWorksToo() throws Exception {
    CSVRecordReader csv = new CSVRecordReader(1, ';');
    csv.initialize(new FileSplit(file("a.csv", "label;text\nx;a, b\ny;c\n;\n").toFile()));
    String message =
        assertThrows(DataException.class, () -> reader.fromRecordReader(csv, 1, 0)).getMessage();
    assertEquals(
        "CSVRecordReader, record 3, column \"0\": the label is empty. Write the name of a class there, or take the"
            + " row out.",
        message);

    CollectionRecordReader records =
        new CollectionRecordReader(
            List.of(
                List.of(new Text("x"), new Text("a, b")), List.of(new Text("x"), new Text(""))));
    assertEquals(List.of(new LabeledText("a, b", "x")), reader.fromRecordReader(records, 1, 0));
    assertEquals(
        List.of("CollectionRecordReader: 1 row was skipped, as the text is empty (record 2)."),
        reader.warnings());
  }

  /**
   * The reason for docs/adr/0002: when this fails, DataVec reads such files, and fastcsv may be
   * left out.
   */
  @Test
  void dataVecSplitsAtLineBreaksBeforeItLooksAtQuotes() throws Exception {
    Path csv = folder.resolve("a.csv");
    Files.write(csv, "\"first\nsecond\",pos\n".getBytes(StandardCharsets.UTF_8));
    CSVRecordReader dataVec = new CSVRecordReader();
    dataVec.initialize(new FileSplit(csv.toFile()));
    String message = assertThrows(RuntimeException.class, dataVec::next).getMessage();
    assertTrue(message.contains("Un-terminated quoted field at end of CSV line"), message);
  }
}
