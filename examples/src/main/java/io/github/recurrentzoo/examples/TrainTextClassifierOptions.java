package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.Recurrence;
import io.github.recurrentzoo.zoo.TextClassification;
import io.github.recurrentzoo.zoo.TrainingOptions;
import io.github.recurrentzoo.zoo.data.LabeledTextReader;
import java.nio.file.Path;
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@link TrainTextClassifier}, as the command line gives them. */
@Command(
    name = "TrainTextClassifier",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains a recurrent network that puts texts into classes, reports how good it is, and saves it.",
      "Without options: an LSTM on the definitions of WordNet's nouns, 14 classes.",
      ""
    },
    footer = {
      "",
      "Examples, from the folder of the project:",
      "  mvn -q compile exec:java",
      "  mvn -q compile exec:java -Dargs=\"--recurrence rrnn --hidden-size 128\"",
      "  mvn -q compile exec:java -Dargs=\"--data reviews.csv --label-column stars\"",
      "",
      "Exit codes: 0 all went well, 2 something given cannot be used, 1 unexpected."
    })
public final class TrainTextClassifierOptions {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "CSV (.csv) or TSV (.tsv) file in UTF-8 to learn from; its first row names the columns.")
  Path data;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column with the texts (default: text).")
  String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Column with the classes (default: label).")
  String labelColumn;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      converter = DelimiterConverter.class,
      description =
          "Character between two fields; also comma, semicolon, tab (default: the file's name tells).")
  Character delimiter;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to save the model (default: models/<data>-<recurrence>.zip in the current folder).")
  Path output;

  @Option(
      names = "--recurrence",
      paramLabel = "NAME",
      defaultValue = "lstm",
      converter = RecurrenceConverter.class,
      description = "simple-rnn, lstm or rrnn " + DEFAULT + ".")
  Recurrence recurrence;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Recurrent layers " + DEFAULT + ".")
  int layers;

  @Option(
      names = "--hidden-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Units of each layer " + DEFAULT + ".")
  int hiddenSize;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Numbers that stand for a word " + DEFAULT + ".")
  int embeddingSize;

  @Option(
      names = "--vocabulary-size",
      paramLabel = "N",
      description = "Most frequent words to know, and two ids (default: 10000; WordNet 20000).")
  Integer vocabularySize;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "100",
      description = "Words of a text to read " + DEFAULT + ".")
  int maxLength;

  @Option(names = "--bidirectional", description = "Read in both directions.")
  boolean bidirectional;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "tanh",
      description = "Activation " + DEFAULT + ".")
  Activation activation;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "At most so many passes over the rows (default: 20; WordNet 8).")
  Integer epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "3",
      description = "Stop after so many epochs without gain " + DEFAULT + ".")
  int patience;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Rows per step (default: 32; WordNet 128).")
  Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Of the updater Adam, in the first epoch (default: 0.001; WordNet 0.004).")
  Double learningRate;

  @Option(
      names = "--learning-rate-decay",
      paramLabel = "X",
      description =
          "What the learning rate is multiplied by after each epoch (default: 1; WordNet 0.7).")
  Double learningRateDecay;

  @Option(
      names = "--drop-out",
      paramLabel = "X",
      description =
          "Fraction of each layer's inputs to drop while training (default: 0; WordNet 0.5).")
  Double dropOut;

  @Option(
      names = "--l1",
      paramLabel = "X",
      defaultValue = "0",
      description = "L1 penalty " + DEFAULT + ".")
  double l1;

  @Option(
      names = "--l2",
      paramLabel = "X",
      defaultValue = "0",
      description = "L2 penalty " + DEFAULT + ".")
  double l2;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      defaultValue = "0",
      description = "Clip a layer's gradient to this norm; 0 is off " + DEFAULT + ".")
  double clipNorm;

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      defaultValue = "0",
      description = "Clip each number of the gradient; 0 is off " + DEFAULT + ".")
  double clipValue;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of all that is random " + DEFAULT + ".")
  long seed;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The options of a run without arguments. */
  public TrainTextClassifierOptions() {}

  /** In the words of the command line; the library speaks of its own options. */
  private void check() {
    if (data == null && (textColumn != null || labelColumn != null || delimiter != null)) {
      throw new BadOptionException(
          "--text-column, --label-column and --delimiter are about a file; name it with --data.");
    }
    TrainingChecks.range("--layers", layers, 1, 16);
    TrainingChecks.range("--hidden-size", hiddenSize, 1, 4096);
    TrainingChecks.range("--embedding-size", embeddingSize, 1, 4096);
    TrainingChecks.range(
        "--vocabulary-size", orDefault(vocabularySize, 10_000, 20_000), 3, 1_000_000);
    TrainingChecks.range("--max-length", maxLength, 1, 10_000);
    TrainingChecks.range("--epochs", orDefault(epochs, 20, 8), 1, 1_000_000);
    TrainingChecks.range("--patience", patience, 1, 1_000_000);
    TrainingChecks.range("--batch-size", orDefault(batchSize, 32, 128), 1, 65_536);
    TrainingChecks.notNegative("--l1", l1);
    TrainingChecks.notNegative("--l2", l2);
    TrainingChecks.notNegative("--clip-norm", clipNorm);
    TrainingChecks.notNegative("--clip-value", clipValue);
    if (clipNorm > 0 && clipValue > 0) {
      throw new BadOptionException("Give --clip-norm or --clip-value, not both.");
    }
    double drop = orDefault(dropOut, 0.0, 0.5);
    if (!(drop >= 0 && drop < 1)) {
      throw new BadOptionException(
          "--drop-out must be at least 0 and below 1, but is " + drop + ".");
    }
  }

  TextClassification.Builder architecture() {
    check();
    try {
      TextClassification.Builder builder =
          TextClassification.builder()
              .recurrence(recurrence)
              .layers(layers)
              .hiddenSize(hiddenSize)
              .embeddingSize(embeddingSize)
              .vocabularySize(orDefault(vocabularySize, 10_000, 20_000))
              .maxLength(maxLength)
              .bidirectional(bidirectional)
              .activation(activation)
              .dropOut(orDefault(dropOut, 0.0, 0.5))
              .l1(l1)
              .l2(l2)
              .clipGradientNorm(clipNorm)
              .clipGradientValue(clipValue)
              .updater(updater())
              .seed(seed);
      builder.build();
      return builder;
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(e.getMessage(), e);
    }
  }

  /** Settings that do well on WordNet (see the README) would starve a small file of steps. */
  private <T> T orDefault(T given, T general, T wordNet) {
    return given != null ? given : data != null ? general : wordNet;
  }

  private Adam updater() {
    double rate = orDefault(learningRate, 1e-3, 4e-3);
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new BadOptionException(
          "--learning-rate must be a positive number, but is " + rate + ".");
    }
    double decay = orDefault(learningRateDecay, 1.0, 0.7);
    if (!(decay > 0 && decay <= 1)) {
      throw new BadOptionException(
          "--learning-rate-decay must be above 0 and at most 1, but is " + decay + ".");
    }
    return decay == 1
        ? new Adam(rate)
        : new Adam(new ExponentialSchedule(ScheduleType.EPOCH, rate, decay));
  }

  TrainingOptions training() {
    try {
      return TrainingOptions.builder()
          .epochs(orDefault(epochs, 20, 8))
          .batchSize(orDefault(batchSize, 32, 128))
          .patience(patience)
          .seed(seed)
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(e.getMessage(), e);
    }
  }

  LabeledTextReader reader() {
    LabeledTextReader.Builder builder =
        LabeledTextReader.builder()
            .textColumn(textColumn == null ? "text" : textColumn)
            .labelColumn(labelColumn == null ? "label" : labelColumn);
    if (delimiter != null) {
      builder.delimiter(delimiter);
    }
    return builder.build();
  }

  /** The file to save to: the one asked for, or one whose name tells what was trained on what. */
  Path modelFile() {
    if (output != null) {
      return output;
    }
    String source =
        data == null ? "wordnet" : data.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    String network = recurrenceName(recurrence) + (layers == 1 ? "" : "-" + layers + "-layers");
    return Path.of("models", source + "-" + network + ".zip");
  }

  static String recurrenceName(Recurrence recurrence) {
    return recurrence.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Takes simple-rnn, SimpleRnn and SIMPLE_RNN alike. */
  static final class RecurrenceConverter implements ITypeConverter<Recurrence> {
    @Override
    public Recurrence convert(String value) {
      for (Recurrence recurrence : Recurrence.values()) {
        if (letters(recurrence.name()).equals(letters(value))) {
          return recurrence;
        }
      }
      throw new TypeConversionException(
          "expected simple-rnn, lstm or rrnn, but was '" + value + "'");
    }

    private static String letters(String name) {
      return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }
  }

  /** Takes a character or the name of one that is hard to type. */
  static final class DelimiterConverter implements ITypeConverter<Character> {
    @Override
    public Character convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "comma" -> ',';
        case "semicolon" -> ';';
        case "tab", "\\t" -> '\t';
        default -> {
          if (value.length() != 1 || "\"\r\n".contains(value)) {
            throw new TypeConversionException(
                "expected one character (no quote), comma, semicolon or tab, but was '"
                    + value
                    + "'");
          }
          yield value.charAt(0);
        }
      };
    }
  }
}
