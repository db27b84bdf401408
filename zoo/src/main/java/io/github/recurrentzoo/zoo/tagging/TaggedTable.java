package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.data.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Sentences of a table with a header: a row per word, or a row per sentence. */
final class TaggedTable {
  private static final String SENTENCE = "sentence";

  private TaggedTable() {}

  /** Whether the first row has a column with the words. */
  static boolean hasHeader(Path file, TaggedTextReader.Builder options) {
    if (!Files.isRegularFile(file)) {
      return false; // is refused where it is read
    }
    try (CsvTable table = CsvTable.open(file, options.format)) {
      return table.header().contains(column(options.word, "word", table.header()));
    } catch (DataException e) {
      return false;
    }
  }

  /**
   * Reads a table.
   *
   * @param notes is told what is odd
   */
  static List<TaggedTextReader.Draft> read(
      Path file, TaggedTextReader.Builder options, List<String> notes) {
    try (CsvTable table = CsvTable.open(file, options.format)) {
      List<String> header = table.header();
      int word = table.column(column(options.word, "word", header), "words");
      int label = table.column(column(options.label, "label", header), "labels");
      boolean perWord = options.sentence != null || header.contains(SENTENCE);
      int sentence =
          perWord
              ? table.column(options.sentence == null ? SENTENCE : options.sentence, "sentences")
              : -1;
      return perWord ? words(table, word, label, sentence, notes) : sentences(table, word, label);
    }
  }

  /** The name that was given, else the singular or the plural, whichever there is. */
  private static String column(String given, String name, List<String> header) {
    if (given != null) {
      return given;
    }
    return header.contains(name + "s") && !header.contains(name) ? name + "s" : name;
  }

  private static List<TaggedTextReader.Draft> words(
      CsvTable table, int word, int label, int sentence, List<String> notes) {
    List<TaggedTextReader.Draft> drafts = new ArrayList<>();
    String last = null;
    Set<String> names = new HashSet<>();
    Set<String> again = new LinkedHashSet<>();
    for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
      String name = row.fields().get(sentence).strip();
      if (drafts.isEmpty() || (!name.isEmpty() && !name.equals(last))) {
        drafts.add(new TaggedTextReader.Draft());
        last = name;
        if (!names.add(name)) {
          again.add(name);
        }
      }
      String text = row.fields().get(word).strip();
      String own = row.fields().get(label).strip();
      if (text.isEmpty() || own.isEmpty()) {
        throw new DataException(
            "%s, line %d: the %s is empty. Write it there, or take the row out."
                .formatted(table.file(), row.line(), text.isEmpty() ? "word" : "label"));
      }
      drafts.get(drafts.size() - 1).add(text, own, row.line());
    }
    if (!again.isEmpty()) {
      notes.add(
          "%s: %d of %d names of sentences come again after other ones (%s ...); rows that do not follow each other are sentences of their own. If they belong together, sort the file by the column."
              .formatted(table.file(), again.size(), names.size(), again.iterator().next()));
    }
    return drafts;
  }

  private static List<TaggedTextReader.Draft> sentences(CsvTable table, int word, int label) {
    List<TaggedTextReader.Draft> drafts = new ArrayList<>();
    for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
      List<String> words = cut(row.fields().get(word));
      List<String> labels = cut(row.fields().get(label));
      if (words.size() != labels.size() || words.isEmpty()) {
        throw new DataException(
            "%s, line %d: the row has %d words and %d labels; expected a sentence, with as many labels as words and blanks between them. Correct the row; or, if each row is a word, add a column \"%s\" that tells which rows are a sentence."
                .formatted(table.file(), row.line(), words.size(), labels.size(), SENTENCE));
      }
      TaggedTextReader.Draft draft = new TaggedTextReader.Draft();
      for (int t = 0; t < words.size(); t++) {
        draft.add(words.get(t), labels.get(t), row.line());
      }
      drafts.add(draft);
    }
    if (drafts.size() > 1 && drafts.stream().allMatch(draft -> draft.words.size() == 1)) {
      throw new DataException(
          "%s: each row has one word, and no column tells which rows are a sentence. Add a column \"%s\", with the same number or name in all rows of a sentence, or name the one that there is."
              .formatted(table.file(), SENTENCE));
    }
    return drafts;
  }

  private static List<String> cut(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : Arrays.asList(stripped.split("\\s+"));
  }
}
