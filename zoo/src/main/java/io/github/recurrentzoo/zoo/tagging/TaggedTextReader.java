package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.internal.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads sentences whose words have labels, from a file in columns or a table.
 *
 * <p><b>Columns</b>, as in the CoNLL tasks: a line per word, its columns parted by tabs or, without
 * a tab in the file, by blanks; a blank line, or one that begins with {@code -DOCSTART-}, between
 * two sentences. The word is in the first column and the label in the last one, unless {@link
 * Builder#wordColumn} and {@link Builder#labelColumn} give numbers, from 1; in files .conllu (and
 * .conll of ten columns whose first ones count the words) in the second and the fourth one. Before
 * a sentence, lines that begin with # are comments, if they have another number of columns than
 * words or hold " = ".
 *
 * <p><b>Tables</b>, .csv, and .tsv with the word column in its first row: with a column that names
 * the sentence a row per word (a blank name continues the sentence), without one a row per
 * sentence, with its words and its labels parted by blanks.
 *
 * <p>Labels that mark spans, in IOB1, IOB2 (BIO), BIOES or BILOU, are recognised and converted to
 * IOB2; {@link #notes} says so.
 */
public final class TaggedTextReader {
  private final Builder options;
  private final List<String> notes = new ArrayList<>();

  private TaggedTextReader(Builder options) {
    this.options = options;
  }

  /** Starts with columns as above. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what to read. */
  public static final class Builder {
    String word; // null: by the kind of file
    String label;
    String sentence;
    CsvFormat format = CsvFormat.DEFAULT;
    private boolean plainLabels;

    private Builder() {}

    /**
     * The column with the words: its name in a table (default: {@code word}, or {@code words} where
     * a row is a sentence), its number in a file in columns.
     */
    public Builder wordColumn(String column) {
      this.word = Require.notNull("wordColumn", column);
      return this;
    }

    /** The same for the labels (default in a table: {@code label} or {@code labels}). */
    public Builder labelColumn(String column) {
      this.label = Require.notNull("labelColumn", column);
      return this;
    }

    /**
     * The column of a table that names the sentence. Default: {@code sentence}, where there is one.
     */
    public Builder sentenceColumn(String column) {
      this.sentence = Require.notNull("sentenceColumn", column);
      return this;
    }

    /** How the file is written; of a file in columns, its encoding. */
    public Builder format(CsvFormat format) {
      this.format = Require.notNull("format", format);
      return this;
    }

    /** Takes labels as they are, also if they look like marks of spans. Default: false. */
    public Builder plainLabels(boolean plain) {
      this.plainLabels = plain;
      return this;
    }

    /** A reader for any number of files. */
    public TaggedTextReader build() {
      return new TaggedTextReader(this);
    }
  }

  /** A sentence as it is read, with the lines of its words. */
  static final class Draft {
    final List<String> words = new ArrayList<>();
    final List<String> labels = new ArrayList<>();
    final List<Long> lines = new ArrayList<>();

    void add(String word, String label, long line) {
      words.add(word);
      labels.add(label);
      lines.add(line);
    }
  }

  /**
   * Reads a file.
   *
   * @return its sentences in the order of the file, at least one
   * @throws DataException if the file cannot be read, or anything in it is not as it should be
   */
  public List<TaggedText> read(Path file) {
    notes.clear();
    List<Draft> drafts =
        isTable(file) ? TaggedTable.read(file, options, notes) : TaggedColumns.read(file, options);
    if (drafts.isEmpty()) {
      throw new DataException(
          "%s: there are no words. Add sentences, a word and its label per line.".formatted(file));
    }
    SpanLabels.Scheme scheme = options.plainLabels ? SpanLabels.Scheme.NONE : scheme(file, drafts);
    boolean convert = scheme != SpanLabels.Scheme.NONE && scheme != SpanLabels.Scheme.IOB2;
    if (convert) {
      notes.add("The labels mark spans in %s; they were converted to IOB2.".formatted(scheme));
    }
    return drafts.stream()
        .map(
            draft ->
                new TaggedText(
                    draft.words, convert ? SpanLabels.toIob2(draft.labels) : draft.labels))
        .toList();
  }

  /** What a user should know of the file that was read last. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private boolean isTable(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || (name.endsWith(".tsv") && TaggedTable.hasHeader(file, options));
  }

  /** Refuses labels of which some mark spans and some cannot. */
  private static SpanLabels.Scheme scheme(Path file, List<Draft> drafts) {
    SpanLabels.Scheme scheme =
        SpanLabels.scheme(drafts.stream().map(draft -> draft.labels).toList());
    if (scheme != SpanLabels.Scheme.NONE) {
      return scheme;
    }
    long marks = 0;
    long others = 0;
    boolean outside = false;
    Optional<String> firstOther = Optional.empty();
    for (Draft draft : drafts) {
      for (int t = 0; t < draft.labels.size(); t++) {
        String label = draft.labels.get(t);
        if (label.equals(SpanLabels.OUTSIDE)) {
          outside = true;
        } else if (SpanLabels.isSpanLabel(label)) {
          marks++;
        } else {
          others++;
          if (firstOther.isEmpty()) {
            firstOther =
                Optional.of(
                    "%s, line %d: the label \"%s\"".formatted(file, draft.lines.get(t), label));
          }
        }
      }
    }
    if (outside && marks > others && others > 0) {
      throw new DataException(
          "%s is neither O nor B-, I-, E-, S-, L- or U- with a type, as the other labels are, which mark spans. Correct it; or, if the labels mark no spans, take them as they are (plain labels)."
              .formatted(firstOther.orElseThrow()));
    }
    return SpanLabels.Scheme.NONE;
  }
}
