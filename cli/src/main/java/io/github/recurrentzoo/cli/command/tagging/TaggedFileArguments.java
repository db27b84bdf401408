package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.ClassWeightsConverter;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.tagging.TaggedTextReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name sentences of the user's, with labels. */
public final class TaggedFileArguments {
  static final String WORD = "word";
  static final String LABEL = "label";
  static final String SENTENCE = "sentence";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "File with the training data: in columns, a line per word and a blank line between sentences (CoNLL, .conllu); or a table (.csv, .tsv with a header).")
  Path data;

  @Option(
      names = "--word-column",
      paramLabel = "COLUMN",
      description =
          "Column with the words: its name in a table (default: word or words), its number in a file in columns (default: 1; in .conllu 2).")
  String wordColumn;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description =
          "Column with the labels: its name in a table (default: label or labels), its number in a file in columns (default: the last one; in .conllu 4).")
  String labelColumn;

  @Option(
      names = "--sentence-column",
      paramLabel = "NAME",
      description =
          "Column of a table that names the sentence of each word (default: sentence, if there is one; else each row is a sentence, with blanks between words and between labels).")
  String sentenceColumn;

  @Option(
      names = "--plain-labels",
      description =
          "Take labels as they are, also if they look like spans in IOB1, BIOES or BILOU, which are converted to IOB2 otherwise.")
  boolean plainLabels;

  @Option(
      names = "--class-weights",
      paramLabel = "WEIGHTS",
      defaultValue = "none",
      converter = ClassWeightsConverter.class,
      description =
          "Weights of the labels in the loss of a word: balanced, so that rare labels count as much as frequent ones, or given such as B-PER=5,O=1 (default: none). Not with --crf.")
  ClassWeights classWeights = ClassWeights.NONE;

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  /** No file yet. */
  public TaggedFileArguments() {}

  /** Refuses columns without a file. */
  void check() {
    boolean aboutFile =
        wordColumn != null
            || labelColumn != null
            || sentenceColumn != null
            || plainLabels
            || !classWeights.isNone()
            || delimiter.given();
    if (data == null && aboutFile) {
      throw new BadOptionException(
          "--word-column, --label-column, --sentence-column, --plain-labels, --class-weights, --delimiter, --quote and --encoding apply to a file only; name one with --data.");
    }
  }

  /** The columns that were named, which a model remembers. */
  Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    put(columns, WORD, wordColumn);
    put(columns, LABEL, labelColumn);
    put(columns, SENTENCE, sentenceColumn);
    return columns;
  }

  private static void put(Map<String, String> columns, String name, String value) {
    if (value != null) {
      columns.put(name, value);
    }
  }

  /** Reads a file, and prints what is read and what was odd about it. */
  private List<TaggedText> read(Path file, PrintStream out) {
    out.println("Reading " + file + ".");
    TaggedTextReader reader =
        reader(wordColumn, labelColumn, sentenceColumn)
            .plainLabels(plainLabels)
            .format(delimiter.format())
            .build();
    List<TaggedText> rows = reader.read(file);
    reader.notes().forEach(out::println);
    return rows;
  }

  /** A reader of these columns; null for the usual ones. */
  static TaggedTextReader.Builder reader(String word, String label, String sentence) {
    TaggedTextReader.Builder builder = TaggedTextReader.builder();
    if (word != null) {
      builder.wordColumn(word);
    }
    if (label != null) {
      builder.labelColumn(label);
    }
    if (sentence != null) {
      builder.sentenceColumn(sentence);
    }
    return builder;
  }

  /** Reads the file, and draws the sentences for the report or reads a file of them. */
  TaggedParts parts(SplitArguments split, long seed, PrintStream out) {
    List<TaggedText> rows = read(data, out);
    Optional<List<TaggedText>> validation =
        Optional.ofNullable(split.validationData).map(file -> read(file, out));
    if (split.testData != null) {
      List<TaggedText> test = read(split.testData, out);
      compareLabels(rows, test, split.testData, out);
      return new TaggedParts(rows, validation, test, classWeights);
    }
    int needed = validation.isPresent() ? 2 : 3;
    if (rows.size() < needed) {
      throw new DataException(
          "%s has %d %s; expected %d at least, for training, validation and test set. Add sentences, or check that a blank line is between two of them."
              .formatted(data, rows.size(), rows.size() == 1 ? "sentence" : "sentences", needed));
    }
    return TaggedParts.drawn(rows, validation, split.testSplit, seed, classWeights);
  }

  /** Says which labels of a test file training cannot learn, and refuses a file of such alone. */
  private static void compareLabels(
      List<TaggedText> rows, List<TaggedText> test, Path file, PrintStream out) {
    Set<String> unknown = labels(test);
    int all = unknown.size();
    unknown.removeAll(labels(rows));
    if (unknown.isEmpty()) {
      return;
    }
    String some = unknown.stream().limit(5).collect(Collectors.joining(", "));
    if (unknown.size() == all) {
      throw new DataException(
          "%s: none of its labels (%s) is in the training data. Check --label-column and --test-data."
              .formatted(file, some));
    }
    out.printf(
        Locale.ROOT,
        "%d of %d labels in %s are not in the training data (%s): words that have them count as wrong.%n",
        unknown.size(),
        all,
        file,
        some);
  }

  private static Set<String> labels(List<TaggedText> rows) {
    return rows.stream()
        .flatMap(row -> row.labels().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
