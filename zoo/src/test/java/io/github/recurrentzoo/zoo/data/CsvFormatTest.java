package io.github.recurrentzoo.zoo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.recurrentzoo.zoo.Cases;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.LabeledTextReader;
import io.github.recurrentzoo.zoo.generation.TextFile;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TextPairReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheets and corpora write them. */
class CsvFormatTest {
  private static final List<LabeledText> ROWS =
      List.of(new LabeledText("a", "x"), new LabeledText("b", "y"));

  @TempDir Path folder;

  private static List<LabeledText> read(Path file, CsvFormat format) {
    return LabeledTextReader.builder().format(format).build().read(file);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sep=;\r\ntext;label\r\na;x\r\nb;y\r\n",
        "\uFEFFsep=;\ntext;label\na;x\nb;y\n",
        "\"sep=|\"\ntext|label\na|x\nb|y\n",
        "SEP=\t\ntext\tlabel\na\tx\nb\ty\n",
        "text,label,,,\na,x\nb,y\n",
        "text,label,,\na,x,,\nb,y,,,,\n,,,\n\n,\n",
        "text,label,comment\na,x\nb,y,fine\n",
        "text,label,\na,x,what stands under no name\nb,y,\n",
      })
  void asSpreadsheetsWriteThem(String content) throws IOException {
    assertEquals(ROWS, read(file("a.csv", content), CsvFormat.DEFAULT));
    assertEquals(ROWS, read(file("b.csv", content), CsvFormat.DEFAULT.withoutQuotes()));
  }

  @Test
  void aFirstLineNamesTheDelimiterWhateverTheNameOfTheFile() throws IOException {
    assertEquals(ROWS, read(file("a.txt", "sep=;\ntext;label\na;x\nb;y\n"), CsvFormat.DEFAULT));
    assertEquals(
        ROWS,
        read(file("a.csv", "sep=;\ntext|label\na|x\nb|y\n"), CsvFormat.DEFAULT.withDelimiter('|')));
  }

  @Test
  void linesAreCountedFromTheTopOfTheFile() throws IOException {
    Path csv = file("a.csv", "sep=;\ntext;label\na;x\nb;\n");
    assertEquals(
        csv
            + ", line 4, column \"label\": the label is empty. Write the name of a class there, or take the row out.",
        assertThrows(DataException.class, () -> read(csv, CsvFormat.DEFAULT)).getMessage());
  }

  @Test
  void rowsWithEmptyLastColumns() {
    LabeledTextReader reader =
        LabeledTextReader.builder().textColumn("v2").labelColumn("v1").build();
    List<LabeledText> rows = reader.read(Cases.file("spam_ragged.csv"));
    assertEquals(200, rows.size());
    assertEquals(new LabeledText("ugly my terrible arrived it", "spam"), rows.get(0));
    assertEquals(List.of(), reader.warnings());
  }

  @Test
  void withoutQuotesAQuoteIsACharacter() throws IOException {
    CsvFormat corpus = CsvFormat.DEFAULT.withoutQuotes();
    Path tsv = file("a.tsv", "text\tlabel\n\"Well, he said\tx\n6\" nails \"\"\ty\r\n");
    assertEquals(
        List.of(new LabeledText("\"Well, he said", "x"), new LabeledText("6\" nails \"\"", "y")),
        read(tsv, corpus));
    assertEquals(
        List.of(new TextPair("\"a", "b\"")),
        TextPairReader.builder().format(corpus).build().read(file("b.tsv", "\"a\tb\"\n")));
    Path csv = file("c.csv", "text,label\na,x\nb,c,y\n");
    assertEquals(
        csv
            + ", line 3: the row has 3 fields, but the header names 2. Take a comma out of the text, or read the file with quotes.",
        assertThrows(DataException.class, () -> read(csv, corpus)).getMessage());
  }

  @Test
  void anotherEncoding() throws IOException {
    String content = "text,label\nschön – 5 €,gut\n";
    List<LabeledText> rows = List.of(new LabeledText("schön – 5 €", "gut"));
    for (String name : List.of("windows-1252", "UTF-16", "UTF-16LE", "UTF-8")) {
      Charset encoding = Charset.forName(name);
      Path csv = Files.writeString(folder.resolve("a.csv"), content, encoding);
      assertEquals(rows, read(csv, CsvFormat.DEFAULT.withEncoding(encoding)), name);
      assertEquals(content, TextFile.read(csv, encoding), name);
    }
    Path csv =
        Files.write(folder.resolve("b.csv"), "text,label\nä,x".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        csv
            + ", line 2, character 1: the byte 0xC3 is not US-ASCII. Name the encoding that the file has.",
        assertThrows(
                DataException.class,
                () -> read(csv, CsvFormat.DEFAULT.withEncoding(StandardCharsets.US_ASCII)))
            .getMessage());
  }
}
