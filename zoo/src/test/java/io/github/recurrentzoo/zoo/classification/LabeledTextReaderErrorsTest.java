package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.datavec.api.records.reader.impl.collection.CollectionRecordReader;
import org.datavec.api.writable.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each message is pinned from the file's name to its end: it is what the user has to go by. */
class LabeledTextReaderErrorsTest {

  private static final String NO_QUOTES =
      " If quotes are characters like any other in this file, read it without quotes.";

  @TempDir Path folder;

  private final LabeledTextReader reader = LabeledTextReader.builder().build();

  private String messageFor(Path file) {
    return assertThrows(DataException.class, () -> reader.read(file)).getMessage();
  }

  private void assertSays(String expected, String content) throws IOException {
    assertSays(expected, content, StandardCharsets.UTF_8);
  }

  private void assertSays(String expected, String content, Charset charset) throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), content, charset);
    assertEquals(file + expected, messageFor(file));
  }

  @Test
  void aMissingFile() {
    Path file = folder.resolve("none.csv");
    assertEquals(
        "There is no file %s (looked at %s). Check the path.".formatted(file, file),
        messageFor(file));
    Path unknown = folder.resolve("none.xls");
    assertEquals(
        "There is no file %s (looked at %s). Check the path.".formatted(unknown, unknown),
        messageFor(unknown));
  }

  @Test
  void aFolder() throws IOException {
    Path file = Files.createDirectory(folder.resolve("a.csv"));
    assertEquals(
        file + " is a folder; expected a file. Give the path of a file in it.", messageFor(file));
  }

  @Test
  void anEmptyFile() throws IOException {
    assertSays(" is empty; expected a first row that names the columns, and rows below it.", "");
    assertSays(
        " has no rows; expected a first row that names the columns, and rows below it.", "\n \n");
    assertSays(
        " has no rows; expected a first row that names the columns, and rows below it.", "\uFEFF");
  }

  @Test
  void anUnreadableFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "text,label\na,x\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
    assumeTrue(!Files.isReadable(file), "the super-user may read everything");
    assertEquals(
        file + " cannot be read: access denied. See to the right to read it.", messageFor(file));
  }

  @Test
  void aHeaderAlone() throws IOException {
    assertSays(
        ": there are no rows below the header. Add rows with a text and a label.", "text,label\n");
  }

  @Test
  void noTextAtAll() throws IOException {
    assertSays(
        ": the text of each of the 2 rows is empty. Choose another text column or write texts there.",
        "text,label\n,x\n,y\n");
  }

  @Test
  void aNameThatDoesNotTellTheDelimiter() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "text,label\na,x\n");
    assertEquals(
        file
            + ": the name does not tell what stands between two fields; expected .csv (comma) or"
            + " .tsv (tab). Rename the file or set the delimiter.",
        messageFor(file));
  }

  @Test
  void noSuchColumn() throws IOException {
    assertSays(
        ", line 1: there is no column \"text\" for the text. The columns are: \"Text\", \"label\"."
            + " Name one of them as the text column.",
        "Text,label\na,x\n");
    assertSays(
        ", line 1: there is no column \"label\" for the label. The columns are: \"text\","
            + " \"class\". Name one of them as the label column.",
        "text,class\na,x\n");
    assertSays(
        ", line 1: there is no column \"text\" for the text. The columns are: \"text;label\". Name"
            + " one of them as the text column, or set the delimiter to a semicolon, which stands in this line (--delimiter \";\").",
        "text;label\na;x\n");
    assertSays(
        ", line 1: there are two columns \"text\". Rename one of them.",
        "text,text,label\na,b,x\n");
  }

  @Test
  void oneColumnForBoth() {
    String message =
        assertThrows(
                DataException.class,
                () -> LabeledTextReader.builder().textColumn("a").labelColumn("a").build())
            .getMessage();
    assertEquals(
        "The text column and the label column are both \"a\"; expected two different columns. Name another one.",
        message);
  }

  @Test
  void aRowWithTooFewOrTooManyFields() throws IOException {
    assertSays(
        ", line 5: the row has 3 fields, but the header names 2. Put a field that holds a comma in double quotes.",
        "text,label\n\"a\n\nb\",x\nc,d,x\n");
    assertSays(
        ", line 3: the row has 1 field, but the header names 2. Write the missing fields, or put a"
            + " field that holds a line break in double quotes.",
        "text,label\na,x\nb\nc,y\n");
  }

  @Test
  void anUnclosedQuote() throws IOException {
    String expected =
        ", line %d: a quote opens a field here and is never closed. Close it, or write \"\" for a"
            + " quote that belongs to the text and put the whole field in quotes."
            + NO_QUOTES;
    assertSays(expected.formatted(3), "text,label\na,x\n\"b,y\nc,z\nd,x\n");
    assertSays(expected.formatted(3), "text,label\na,x\nb,\"y");
    assertSays(expected.formatted(3), "text,label\na,x\nb,\"");
    assertSays(expected.formatted(5), "text,label\na,x\n\"b\n\nc\",\"y\n");
    assertSays(expected.formatted(1), "text,\"label\na,x\n");
  }

  @Test
  void aQuotedFieldThatGoesOn() throws IOException {
    assertSays(
        ", line 3: in the row that begins here, a quoted field goes on after its closing quote"
            + " (Unexpected character after closing quote: 'c' (0x63)). Write a quote that belongs"
            + " to the text twice, as \"\", and end a quoted field with a comma or the line's end."
            + NO_QUOTES,
        "text,label\na,x\n\"b\"c,y\n");
  }

  @Test
  void aQuoteThatSwallowsTheRest() throws IOException {
    assertSays(
        ", line 3: a field of the row that begins here has more than 16 million characters. Most"
            + " likely its quote is never closed: close it."
            + NO_QUOTES,
        "text,label\na,x\n\"b,y\n" + "and so on,x\n".repeat(1_500_000));
  }

  @Test
  void anEmptyLabel() throws IOException {
    assertSays(
        ", line 3, column \"label\": the label is empty. Write the name of a class there, or take the row out.",
        "text,label\na,x\nb,  \n");
  }

  @Test
  void notUtf8() throws IOException {
    String expected =
        ", line %d, character %d: the byte 0xFC is not UTF-8. Save the file as UTF-8 (in a"
            + " spreadsheet: \"CSV UTF-8\"), or name its encoding, such as windows-1252.";
    assertSays(expected.formatted(1, 1), "ü,label\n", StandardCharsets.ISO_8859_1);
    assertSays(
        expected.formatted(2, 4),
        "text,label\nf ü r,x\n".replace(" ", "  "),
        StandardCharsets.ISO_8859_1);
    assertSays(
        expected.formatted(100_002, 6),
        "text,label\r\n" + "a,x\r\n".repeat(100_000) + "gr\"  ü,y\r\n",
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void utf16() throws IOException {
    assertSays(
        ", line 1, character 1: the byte 0xFE is not UTF-8; the file begins as UTF-16 files do."
            + " Save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\"), or name its encoding,"
            + " such as UTF-16.",
        "text,label\na,x\n",
        StandardCharsets.UTF_16);
  }

  @Test
  void aTruncatedCharacterAtTheEnd() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.write(
        file,
        new byte[] {'t', 'e', 'x', 't', ',', 'l', 'a', 'b', 'e', 'l', '\n', 'a', ',', (byte) 0xC3});
    assertEquals(
        file
            + ", line 2, character 3: the byte 0xC3 is not UTF-8. Save the file as UTF-8 (in a"
            + " spreadsheet: \"CSV UTF-8\"), or name its encoding, such as windows-1252.",
        messageFor(file));
  }

  @Test
  void delimitersThatCannotBe() {
    for (char c : new char[] {'"', '\n', '\r'}) {
      assertThrows(IllegalArgumentException.class, () -> LabeledTextReader.builder().delimiter(c));
    }
  }

  @Test
  void recordsWithoutTheColumns() {
    CollectionRecordReader records = new CollectionRecordReader(List.of(List.of(new Text("a"))));
    assertEquals(
        "CollectionRecordReader, record 1: it has 1 columns; expected text in column 0 and label in"
            + " column 1, counted from 0. Give other columns, or mend the record.",
        assertThrows(DataException.class, () -> reader.fromRecordReader(records, 0, 1))
            .getMessage());
    assertEquals(
        "The text is in column 1 and the label in column 1; expected two different columns, counted from 0.",
        assertThrows(DataException.class, () -> reader.fromRecordReader(records, 1, 1))
            .getMessage());
    assertEquals(
        "CollectionRecordReader: there are no rows. Add rows with a text and a label.",
        assertThrows(
                DataException.class,
                () -> reader.fromRecordReader(new CollectionRecordReader(List.of()), 0, 1))
            .getMessage());
  }
}
