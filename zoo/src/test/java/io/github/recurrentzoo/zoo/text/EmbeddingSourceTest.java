package io.github.recurrentzoo.zoo.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingSourceTest {
  private static final String GLOVE = "the 0.5 -1 2e-1\nof 1 2 3\nbird 0 0.25 4\n";

  @TempDir Path folder;

  private Path file(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddingSource source(String content) {
    return EmbeddingSource.of(file("vectors.txt", content.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] packed(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void assertGlove(EmbeddingSource source) {
    assertEquals(3, source.dimension());
    Map<String, float[]> vectors = source.vectors(Set.of("bird", "the", "unheard"), 0);
    assertEquals(List.of("the", "bird"), List.copyOf(vectors.keySet()));
    assertArrayEquals(new float[] {0.5f, -1, 0.2f}, vectors.get("the"));
    assertArrayEquals(new float[] {0, 0.25f, 4}, vectors.get("bird"));
  }

  @Test
  void readsTheFormatsThatThereAre() throws IOException {
    assertGlove(source(GLOVE));
    assertGlove(source("3 3\n" + GLOVE)); // word2vec
    assertGlove(source("3 3\n" + GLOVE.replace("\n", " \n"))); // fastText
    assertGlove(source(GLOVE.replace("\n", "\r\n").replace(' ', '\t')));
    assertGlove(source(GLOVE.strip()));
    assertGlove(EmbeddingSource.of(file("vectors.vec.gz", packed("3 3\n" + GLOVE))));
  }

  @Test
  void wordsMayHaveBlanksAndOtherSpellings() {
    EmbeddingSource source =
        source("The 1 1\nBird 2 2\n. . . 3 3\nthe 4 4\nBIRD 5 5\nDon\u2019t 6 6\ncafe\u0301 7 7\n");
    Map<String, float[]> vectors =
        source.vectors(Set.of("the", "bird", "don't", "caf\u00e9", ". . ."), 0);
    assertArrayEquals(new float[] {4, 4}, vectors.get("the"), "as it is written");
    assertArrayEquals(new float[] {2, 2}, vectors.get("bird"), "the first one");
    assertArrayEquals(new float[] {3, 3}, vectors.get(". . ."));
    assertArrayEquals(new float[] {6, 6}, vectors.get("don't"));
    assertArrayEquals(new float[] {7, 7}, vectors.get("caf\u00e9"));
  }

  @Test
  void takesTheFirstOthersThatAreWords() {
    EmbeddingSource source = source("the 1 1\n, 2 2\nwell-known 3 3\nof 4 4\nand 5 5\nto 6 6\n");
    assertEquals(
        List.of("the", "of", "and", "to"), List.copyOf(source.vectors(Set.of("to"), 3).keySet()));
    assertEquals(List.of("the", "of", "to"), List.copyOf(source.vectors(Set.of("to"), 2).keySet()));
  }

  @Test
  void countsHowManyWordsAreKnown() {
    EmbeddingSource.Coverage coverage =
        source(GLOVE).coverage(List.of("The bird, the BIRD and", "bird", ""));
    assertEquals(6, coverage.words());
    assertEquals(5, coverage.known());
    assertEquals(5 / 6.0, coverage.share());
    assertEquals(0, source(GLOVE).coverage(List.of()).share());
  }

  private void assertRefused(String expected, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(expected, file("bad.txt", bytes));
  }

  private static void assertRefused(String expected, Path file) {
    String message =
        assertThrows(DataException.class, () -> EmbeddingSource.of(file).vectors(Set.of("bird"), 0))
            .getMessage();
    assertTrue(message.contains(file.toString()) && message.contains(expected), message);
  }

  @Test
  void namesTheLineThatCannotBeRead() throws IOException {
    assertRefused("is empty", "");
    assertRefused("line 1: a word and 0 numbers", "bird\n");
    assertRefused("line 2: a word and 2 numbers; expected a word and 3", "2 3\nbird 1 2\n");
    assertRefused("binary format", "3000000 300\nbird \u0001\u0002\u00ff\u0000\n");
    assertRefused("line 1: \"x\" is no number", "bird 1 x 2\n");
    assertRefused("line 2: \"NaN\" is no number", "the 1 2\nbird 1 NaN\n");
    assertRefused("line 3 has 1 numbers; expected 2", "the 1 2\nof 1 2\nto 1\nbird 1 2\n");
    assertRefused("line 2 has more than 1048576", "the 1 2\n" + "x".repeat(1 << 21));
    assertRefused("is a zip file", "PK\u0003\u0004");
    assertRefused("There is no file", folder.resolve("missing"));
    byte[] packed = packed("the 1 2\n".repeat(9_000) + "bird 1 2\n");
    assertRefused("cut off", file("cut.gz", Arrays.copyOf(packed, packed.length - 20)));
  }

  @Test
  void englishVectorsKnowEnglish() {
    EmbeddingSource english = EmbeddingSource.english();
    assertEquals(100, english.dimension());
    assertEquals(
        new EmbeddingSource.Coverage(10, 9), // the package has no "a"
        english.coverage(List.of("A small brown bird that builds its nest in barns.")));
    assertTrue(EmbeddingSource.englishFor(List.of("the bird sings", "nobody knows")).isPresent());
    assertTrue(
        EmbeddingSource.englishFor(
                List.of("Leider war es nachts sehr laut, weil das Fenster nicht richtig schließt."))
            .isEmpty());
    Map<String, float[]> vectors =
        english.vectors(Set.of("king", "queen", "carrot", "wednesday", "thursday"), 0);
    assertTrue(
        cosine(vectors.get("king"), vectors.get("queen"))
            > 0.3 + cosine(vectors.get("king"), vectors.get("carrot")));
    assertTrue(cosine(vectors.get("wednesday"), vectors.get("thursday")) > 0.9);
    assertEquals(1_003, english.vectors(Set.of("carrot", "thursday", "the"), 1_000).size());
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int d = 0; d < a.length; d++) {
      product += a[d] * b[d];
      ofA += a[d] * a[d];
      ofB += b[d] * b[d];
    }
    return product / Math.sqrt(ofA * ofB);
  }
}
