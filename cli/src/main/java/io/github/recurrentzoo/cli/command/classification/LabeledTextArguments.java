package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.option.ClassWeightsConverter;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.cli.option.SplitArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.classification.LabeledText;
import io.github.recurrentzoo.zoo.classification.LabeledTextReader;
import io.github.recurrentzoo.zoo.classification.RareLabels;
import io.github.recurrentzoo.zoo.classification.StratifiedSplit;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.data.DataException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the command line that name labelled texts of the user's. */
public final class LabeledTextArguments {

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV (.csv) or TSV (.tsv) file with the training data; its first row names the columns.")
  Path data;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column with the texts (default: text).")
  String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Column with the labels (default: label).")
  String labelColumn;

  @Mixin DelimiterArgument delimiter = new DelimiterArgument();

  @Option(
      names = "--rare-labels",
      paramLabel = "NAME",
      description =
          "Labels with one or two rows: drop them, keep them (a label with one row is trained but not tested), merge them into other, or refuse to train (default: refuse).")
  RareLabels rareLabels;

  @Option(
      names = "--class-weights",
      paramLabel = "WEIGHTS",
      defaultValue = "none",
      converter = ClassWeightsConverter.class,
      description =
          "Weights of the labels in the loss: balanced, so that rare labels count as much as frequent ones, or given such as spam=5,ham=1 (default: none).")
  ClassWeights classWeights = ClassWeights.NONE;

  /** No file yet. */
  public LabeledTextArguments() {}

  /** Refuses columns without a file. */
  void check() {
    boolean aboutFile =
        textColumn != null || labelColumn != null || rareLabels != null || delimiter.given();
    if (data == null && aboutFile) {
      throw new BadOptionException(
          "--text-column, --label-column, --rare-labels, --delimiter, --quote and --encoding apply to a file only; name one with --data.");
    }
  }

  /** The names of the columns, which a model remembers; none without a file. */
  Map<String, String> columns() {
    return data == null
        ? Map.of()
        : Map.of(
            "text", textColumn == null ? "text" : textColumn,
            "label", labelColumn == null ? "label" : labelColumn);
  }

  /** Reads the file, and prints what is read and what was odd about it. */
  List<LabeledText> read(PrintStream out) {
    return read(data, out);
  }

  private List<LabeledText> read(Path file, PrintStream out) {
    out.println("Reading " + file + ".");
    LabeledTextReader.Builder builder = LabeledTextReader.builder();
    if (textColumn != null) {
      builder.textColumn(textColumn);
    }
    if (labelColumn != null) {
      builder.labelColumn(labelColumn);
    }
    LabeledTextReader reader = builder.format(delimiter.format()).build();
    List<LabeledText> rows = reader.read(file);
    reader.warnings().forEach(warning -> out.println("Warning: " + warning));
    return rows;
  }

  /**
   * Cuts rows in those to learn from and those for the report, or reads files for that; prints
   * which labels are rare.
   */
  TextParts parts(List<LabeledText> rows, SplitArguments split, long seed, PrintStream out) {
    if (split.testData != null && rareLabels != null) {
      throw new BadOptionException(
          "--rare-labels has no meaning with --test-data: no rows are drawn for the test. Leave it out.");
    }
    TrainingChecks.labels(
        rows,
        data == null ? "WordNet" : data.toString(),
        split.testData == null ? rareLabels : RareLabels.KEEP);
    Optional<Path> own = Optional.ofNullable(split.validationData);
    if (split.testData != null) {
      Optional<List<LabeledText>> validation = own.map(file -> known(rows, file, read(file, out)));
      List<LabeledText> test = known(rows, split.testData, read(split.testData, out));
      return new TextParts(rows, validation, test, classWeights);
    }
    RareLabels choice = rareLabels == null ? RareLabels.REFUSE : rareLabels;
    StratifiedSplit drawn = StratifiedSplit.split(rows, split.testSplit, seed, choice);
    if (!drawn.rare().isEmpty()) {
      out.println("Warning: " + choice.inWords(drawn.rare()));
    }
    Optional<List<LabeledText>> validation =
        own.map(
            file -> known(drawn.training(), file, choice.applied(read(file, out), drawn.rare())));
    return new TextParts(drawn.training(), validation, drawn.test(), classWeights);
  }

  /** Refuses rows of a file whose labels are not all among those to learn from. */
  private List<LabeledText> known(List<LabeledText> learned, Path file, List<LabeledText> others) {
    if (others.isEmpty()) {
      throw new DataException(
          "%s has rows of rare labels only, which --rare-labels drops, so that none is left to validate with. Add rows of other labels, or leave the file out."
              .formatted(file));
    }
    Set<String> labels = learned.stream().map(LabeledText::label).collect(Collectors.toSet());
    others.stream()
        .map(LabeledText::label)
        .filter(label -> !labels.contains(label))
        .findFirst()
        .ifPresent(
            label -> {
              throw new DataException(
                  "%s has the label \"%s\", of which %s has no row to learn from. Correct the label, or add rows of it to the training data."
                      .formatted(file, label, data));
            });
    return others;
  }
}
