package io.github.recurrentzoo.zoo.text;

import io.github.recurrentzoo.zoo.data.DataException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A text file of word vectors, read line by line. */
final class VectorFile extends EmbeddingSource {
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
  private static final int LONGEST_LINE = 1 << 20;
  private static final WordSegmenter SEGMENTER = new WordSegmenter();

  private final Path file;
  private final int dimension;
  private final boolean header;

  private VectorFile(Path file, int dimension, boolean header) {
    this.file = file;
    this.dimension = dimension;
    this.header = header;
  }

  static VectorFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "There is no file of word vectors %s (looked at %s). Check the path."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    try (BufferedReader lines = reader(file)) {
      String[] first = fields(line(file, lines, 1));
      boolean header = first.length == 2 && isInteger(first[0]) && isInteger(first[1]);
      int place = header ? 2 : 1;
      String[] word = header ? fields(line(file, lines, place)) : first;
      int dimension = header ? Integer.parseInt(first[1]) : word.length - 1;
      if (dimension < 1 || word.length <= dimension) {
        throw new DataException(
            "%s, line %d: a word and %d numbers; expected a word and %s. Give a file in the text format of GloVe, word2vec or fastText (.vec).%s"
                .formatted(
                    file,
                    place,
                    Math.max(0, word.length - 1),
                    header ? dimension + " numbers, as line 1 says" : "its numbers",
                    header ? " The binary format of word2vec is not read: convert it." : ""));
      }
      numbers(file, place, word, dimension);
      return new VectorFile(file, dimension, header);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static boolean isInteger(String text) {
    return text.matches("\\d{1,9}");
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    byte[] start = in.readNBytes(2);
    in.reset();
    if (start.length == 2 && start[0] == 'P' && start[1] == 'K') {
      in.close();
      throw new DataException(
          "%s is a zip file; expected a text file of word vectors, plain or packed by gzip. Unpack it."
              .formatted(file));
    }
    boolean packed = start.length == 2 && start[0] == 0x1f && (start[1] & 0xff) == 0x8b;
    return new BufferedReader(
        new InputStreamReader(
            packed ? new GZIPInputStream(in, 1 << 16) : in,
            StandardCharsets.UTF_8
                .newDecoder() // files of word2vec have words that were cut within a character
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
        1 << 16);
  }

  /** A line of the file; null behind the last one, but the first two must be there. */
  private static String line(Path file, BufferedReader lines, long place) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = lines.read(); c != '\n'; c = lines.read()) {
      if (c < 0 && line.isEmpty()) {
        if (place <= 1) {
          throw new DataException(
              "%s is empty; expected a line per word: the word and its numbers.".formatted(file));
        }
        return null;
      }
      if (c < 0) {
        break;
      }
      if (line.length() == LONGEST_LINE) {
        throw new DataException(
            "%s, line %d has more than %d characters; expected a word and its numbers. Give a file in the text format of GloVe, word2vec or fastText (.vec)."
                .formatted(file, place, LONGEST_LINE));
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** How many fields follow the first one; most lines are only counted. */
  private static int count(String line) {
    int fields = 0;
    boolean inside = false;
    for (int i = 0; i < line.length(); i++) {
      boolean blank = isBlank(line.charAt(i));
      fields += !blank && !inside ? 1 : 0;
      inside = !blank;
    }
    return fields - 1;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  /** The word is all in front of the numbers; in GloVe's files it may have blanks. */
  private static String word(String line, int blanks) {
    if (blanks > 0) {
      return String.join(" ", List.of(fields(line)).subList(0, blanks + 1));
    }
    int start = 0;
    while (isBlank(line.charAt(start))) {
      start++;
    }
    int end = start;
    while (!isBlank(line.charAt(end))) {
      end++;
    }
    return line.substring(start, end);
  }

  private static String[] fields(String line) {
    return line == null ? new String[0] : BLANKS.split(line.strip());
  }

  private static float[] numbers(Path file, long place, String[] fields, int dimension) {
    float[] numbers = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      String field = fields[fields.length - dimension + d];
      try {
        numbers[d] = Float.parseFloat(field);
      } catch (NumberFormatException e) {
        numbers[d] = Float.NaN;
      }
      if (!Float.isFinite(numbers[d])) {
        throw new DataException(
            "%s, line %d: \"%s\" is no number; expected a word and %d numbers. Give a file in the text format of GloVe, word2vec or fastText (.vec)."
                .formatted(file, place, field, dimension));
      }
    }
    return numbers;
  }

  @Override
  public String name() {
    return file.getFileName().toString();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Map<String, float[]> vectors(Set<String> wanted, int others) {
    Map<String, float[]> found = new LinkedHashMap<>();
    Set<String> asWritten = new HashSet<>();
    int left = others;
    try (BufferedReader lines = reader(file)) {
      long place = 1;
      for (String line = line(file, lines, place); line != null; line = line(file, lines, place)) {
        if (!(header && place == 1) && !line.isBlank()) {
          int count = count(line);
          if (count < dimension) {
            throw new DataException(
                "%s, line %d has %d numbers; expected %d, as in the lines before. The file is damaged or cut off there: get it again, or remove the line."
                    .formatted(file, place, count, dimension));
          }
          String written = word(line, count - dimension);
          String word = spelling(written);
          boolean asked = wanted.contains(word);
          boolean known = found.containsKey(word);
          boolean better = known && word.equals(written) && !asWritten.contains(word);
          if (better || (!known && (asked || (left > 0 && isWord(word))))) {
            found.put(word, numbers(file, place, fields(line), dimension));
            left -= asked || known ? 0 : 1;
            if (word.equals(written)) {
              asWritten.add(word);
            }
          }
        }
        place++;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return found;
  }

  private static String spelling(String word) {
    return Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
        .replace('\u2019', '\'');
  }

  /** Whether a text may have it: others would only take room. */
  private static boolean isWord(String word) {
    return SEGMENTER.words(word).equals(List.of(word));
  }

  private static DataException unreadable(Path file, IOException e) {
    boolean cut = e instanceof EOFException || e instanceof ZipException;
    return new DataException(
        cut
            ? "%s is cut off or damaged (%s). Get it again.".formatted(file, e.getMessage())
            : "%s cannot be read: %s.".formatted(file, e.getMessage()),
        e);
  }
}
