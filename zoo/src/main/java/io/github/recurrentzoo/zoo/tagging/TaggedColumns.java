package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.data.StrictDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Sentences of a file in columns, such as those of the CoNLL tasks. */
final class TaggedColumns {
  private static final String DOCUMENT = "-DOCSTART-";
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
  private static final Pattern COUNT = Pattern.compile("\\d+");
  private static final Pattern PART = Pattern.compile("\\d+[-.]\\d+"); // of CoNLL-U: no word
  private static final int CONLLU_COLUMNS = 10;
  private static final Set<String> WORD_NAMES = Set.of("word", "words", "token", "tokens", "form");
  private static final Set<String> LABEL_NAMES =
      Set.of(
          "label", "labels", "tag", "tags", "ner", "pos", "upos", "ner_tag", "ner_tags", "pos_tag");

  private final Path file;
  private final List<String> lines;
  private final boolean tabs;
  private final int columns;
  private final int word;
  private final int label;
  private final boolean counted; // the first column counts the words

  private TaggedColumns(Path file, List<String> lines, TaggedTextReader.Builder options) {
    this.file = file;
    this.lines = lines;
    tabs = lines.stream().anyMatch(line -> line.indexOf('\t') >= 0 && !line.startsWith("#"));
    List<String> first = firstWord();
    boolean full =
        lines.stream().filter(this::isWord).anyMatch(line -> filled(cut(line)) == first.size());
    columns = full ? first.size() : filled(first);
    counted = isConllu(first);
    word = column(options.word, "word", counted ? 2 : 1);
    label = column(options.label, "label", counted ? 4 : columns);
  }

  static List<TaggedTextReader.Draft> read(Path file, TaggedTextReader.Builder options) {
    List<String> lines = lines(file, options);
    if (lines.stream().allMatch(String::isBlank)) {
      return List.of();
    }
    return new TaggedColumns(file, lines, options).sentences();
  }

  private static List<String> lines(Path file, TaggedTextReader.Builder options) {
    if (!Files.exists(file)) {
      throw new DataException(
          "There is no file %s (looked at %s). Check the path."
              .formatted(file, file.toAbsolutePath().normalize()));
    }
    if (Files.isDirectory(file)) {
      throw new DataException(
          "%s is a folder; expected a file of words and labels.".formatted(file));
    }
    try (BufferedReader reader = StrictDecoder.reader(file, options.format.encoding())) {
      List<String> lines = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw StrictDecoder.firstError(file, options.format.encoding(), e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private boolean isWord(String line) {
    return !line.isBlank() && !line.startsWith("#") && !line.startsWith(DOCUMENT);
  }

  /**
   * The number of fields without blank ones at the end, as tabs at the end of a line leave them.
   */
  private static int filled(List<String> fields) {
    int size = fields.size();
    while (size > 1 && fields.get(size - 1).isBlank()) {
      size--;
    }
    return size;
  }

  private List<String> firstWord() {
    return lines.stream()
        .filter(this::isWord)
        .findFirst()
        .map(this::cut)
        .orElseThrow(
            () ->
                new DataException(
                    "%s: there are comments only. Add sentences, a word and its label per line."
                        .formatted(file)));
  }

  private boolean isConllu(List<String> first) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".conllu")
        || (first.size() == CONLLU_COLUMNS
            && (first.get(0).equals("1") || PART.matcher(first.get(0)).matches()));
  }

  private List<String> cut(String line) {
    return List.of(tabs ? line.split("\t", -1) : BLANKS.split(line.strip()));
  }

  private int column(String given, String what, int otherwise) {
    if (given == null) {
      if (otherwise > columns || columns < 2) {
        throw new DataException(
            "%s: the lines have %d %s; expected a word and a label at least, parted by a tab or blanks."
                .formatted(file, columns, columns == 1 ? "column" : "columns"));
      }
      return otherwise - 1;
    }
    if (!COUNT.matcher(given).matches()
        || given.length() > 6
        || Integer.parseInt(given) < 1
        || Integer.parseInt(given) > columns) {
      throw new DataException(
          "%s is a file in columns: the %s column is a number from 1 to %d, but is \"%s\"."
              .formatted(file, what, columns, given));
    }
    return Integer.parseInt(given) - 1;
  }

  private List<TaggedTextReader.Draft> sentences() {
    List<TaggedTextReader.Draft> drafts = new ArrayList<>();
    TaggedTextReader.Draft draft = new TaggedTextReader.Draft();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith(DOCUMENT)) {
        if (!draft.words.isEmpty()) {
          drafts.add(draft);
          draft = new TaggedTextReader.Draft();
        }
      } else if (!(draft.words.isEmpty()
          && (isComment(line) || (drafts.isEmpty() && isHeader(line))))) {
        add(draft, line, i + 1);
      }
    }
    if (!draft.words.isEmpty()) {
      drafts.add(draft);
    }
    return drafts;
  }

  private boolean isComment(String line) {
    return line.startsWith("#") && (cut(line).size() != columns || line.contains(" = "));
  }

  /** Whether a line, the first one that is no comment, names the columns. */
  private boolean isHeader(String line) {
    List<String> fields = cut(line);
    return fields.size() == columns
        && WORD_NAMES.contains(fields.get(word).strip().toLowerCase(Locale.ROOT))
        && LABEL_NAMES.contains(fields.get(label).strip().toLowerCase(Locale.ROOT));
  }

  /** The fields without blank ones beyond the columns. */
  private List<String> withoutBlankEnd(List<String> fields) {
    return fields.size() > columns && filled(fields) <= columns
        ? fields.subList(0, columns)
        : fields;
  }

  private void add(TaggedTextReader.Draft draft, String line, int number) {
    List<String> fields = withoutBlankEnd(cut(line));
    if (fields.size() != columns) {
      throw new DataException(
          "%s, line %d: the line has %d %s, but the first word has %d. Write all columns, parted by %s, and a blank line between two sentences."
              .formatted(
                  file,
                  number,
                  fields.size(),
                  fields.size() == 1 ? "column" : "columns",
                  columns,
                  tabs ? "tabs" : "blanks"));
    }
    if (counted && PART.matcher(fields.get(0)).matches()) {
      return; // words that are written as one, and words that are not written
    }
    String text = fields.get(word).strip();
    String own = fields.get(label).strip();
    if (text.isEmpty() || own.isEmpty()) {
      throw new DataException(
          "%s, line %d: the %s is empty. Write it there, or take the line out."
              .formatted(file, number, text.isEmpty() ? "word" : "label"));
    }
    draft.add(text, own, number);
  }
}
