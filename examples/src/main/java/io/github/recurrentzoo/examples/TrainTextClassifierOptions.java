package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.Recurrence;
import io.github.recurrentzoo.zoo.TextClassification;
import io.github.recurrentzoo.zoo.TrainingOptions;
import io.github.recurrentzoo.zoo.data.LabeledTextReader;
import java.nio.file.Path;
import java.util.Locale;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
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
      "  mvn -q compile exec:java -Dargs=\"--recurrence rrnn --epochs 12\"",
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
      defaultValue = "text",
      description = "Column with the texts " + DEFAULT + ".")
  String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      defaultValue = "label",
      description = "Column with the classes " + DEFAULT + ".")
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
      defaultValue = "10000",
      description = "How many words to know, the most frequent ones " + DEFAULT + ".")
  int vocabularySize;

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
      defaultValue = "10",
      description = "At most so many passes over the rows " + DEFAULT + ".")
  int epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "3",
      description = "Stop after so many epochs without gain " + DEFAULT + ".")
  int patience;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Rows per step " + DEFAULT + ".")
  int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      defaultValue = "0.001",
      description = "Of the updater Adam " + DEFAULT + ".")
  double learningRate;

  @Option(
      names = "--drop-out",
      paramLabel = "X",
      defaultValue = "0",
      description = "Fraction of each layer's inputs to drop while training " + DEFAULT + ".")
  double dropOut;

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

  TextClassification.Builder architecture() {
    if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
      throw new BadOptionException(
          "--learning-rate must be a positive number, but is " + learningRate + ".");
    }
    try {
      TextClassification.Builder builder =
          TextClassification.builder()
              .recurrence(recurrence)
              .layers(layers)
              .hiddenSize(hiddenSize)
              .embeddingSize(embeddingSize)
              .vocabularySize(vocabularySize)
              .maxLength(maxLength)
              .bidirectional(bidirectional)
              .activation(activation)
              .dropOut(dropOut)
              .l1(l1)
              .l2(l2)
              .clipGradientNorm(clipNorm)
              .clipGradientValue(clipValue)
              .updater(new Adam(learningRate))
              .seed(seed);
      builder.build();
      return builder;
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(e.getMessage(), e);
    }
  }

  TrainingOptions training() {
    try {
      return TrainingOptions.builder()
          .epochs(epochs)
          .batchSize(batchSize)
          .patience(patience)
          .seed(seed)
          .build();
    } catch (IllegalArgumentException e) {
      throw new BadOptionException(e.getMessage(), e);
    }
  }

  LabeledTextReader reader() {
    LabeledTextReader.Builder builder =
        LabeledTextReader.builder().textColumn(textColumn).labelColumn(labelColumn);
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
