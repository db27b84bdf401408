package io.github.recurrentzoo.zoo.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.text.SymbolUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPairReaderTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String refusal(TextPairReader.Builder reader, Path file) {
    return assertThrows(DataException.class, () -> reader.build().read(file)).getMessage();
  }

  @Test
  void withoutHeader() throws IOException {
    Path tsv = file("pairs.tsv", "\uFEFFein\tone\n\nzwei Äpfel\t\"two \"\"apples\"\"\tred\"\r\n");
    assertEquals(
        List.of(new TextPair("ein", "one"), new TextPair("zwei Äpfel", "two \"apples\"\tred")),
        TextPairReader.builder().build().read(tsv));
    Path csv = file("pairs.csv", "a,b\nc,\"d\ne\"\n");
    assertEquals(
        List.of(new TextPair("a", "b"), new TextPair("c", "d\ne")),
        TextPairReader.builder().build().read(csv));
    Path text = file("pairs.txt", "a;b\n");
    assertEquals(
        List.of(new TextPair("a", "b")),
        TextPairReader.builder().delimiter(';').build().read(text));
  }

  @Test
  void withHeader() throws IOException {
    Path tsv = file("pairs.tsv", "id\tphones\tword\n1\tE I\ta\n2\tb i\tb\n");
    assertEquals(
        List.of(new TextPair("a", "E I"), new TextPair("b", "b i")),
        TextPairReader.builder().columns("word", "phones").build().read(tsv));
    assertTrue(
        refusal(TextPairReader.builder().columns("word", "sound"), tsv)
            .contains("pairs.tsv, line 1: there is no column \"sound\" for the target"));
    assertThrows(DataException.class, () -> TextPairReader.builder().columns("word", "word"));
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() throws IOException {
    TextPairReader.Builder reader = TextPairReader.builder();
    assertTrue(
        refusal(reader, file("a.tsv", "a\tb\nc\t \n"))
            .contains("a.tsv, line 2: the target is empty."));
    assertTrue(
        refusal(reader, file("b.tsv", "\tb\n")).contains("b.tsv, line 1: the source is empty."));
    assertTrue(
        refusal(reader, file("c.tsv", "a\tb\nonly one\n"))
            .contains("c.tsv, line 2: the row has 1 field; expected two, source and target."));
    assertTrue(
        refusal(reader, file("d.tsv", "a\tb\tc\n"))
            .contains("d.tsv, line 1: the row has 3 fields; expected two"));
    assertTrue(
        refusal(reader, file("e.tsv", "a\tb\n\"c\td\ne\tf\n"))
            .contains("e.tsv, line 2: a quote opens a field here and is never closed."));
    assertTrue(
        refusal(reader, file("f.tsv", "")).contains("f.tsv is empty; expected rows of two fields"));
    assertTrue(refusal(reader, file("g.tsv", "\n\n")).contains("g.tsv: there are no pairs."));
    assertTrue(refusal(reader, folder.resolve("none.tsv")).startsWith("There is no file"));
    assertTrue(
        refusal(reader, file("h.txt", "a\tb\n")).contains("the name does not tell what stands"));
    Path latin =
        Files.write(folder.resolve("i.tsv"), "a\tb\nä\tc\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refusal(reader, latin).contains("line 2"));
  }

  @Test
  void lengthsHaveBounds() throws IOException {
    Path tsv = file("pairs.tsv", "abc\tx y\n😀😀😀\tx\nabcd\tx\n");
    TextPairReader.Builder reader =
        TextPairReader.builder()
            .longestSource(SymbolUnit.CHARACTERS, 3)
            .longestTarget(SymbolUnit.TOKENS, 2);
    assertTrue(
        refusal(reader, tsv)
            .contains(
                "pairs.tsv, line 3: the source has 4 characters, but 3 at most are allowed."));
    assertEquals(3, reader.longestSource(SymbolUnit.CHARACTERS, 4).build().read(tsv).size());
    assertTrue(
        refusal(reader.longestTarget(SymbolUnit.TOKENS, 1), tsv)
            .contains("line 1: the target has 2 tokens, but 1 at most are allowed."));
  }
}
