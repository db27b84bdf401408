package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.DecodingOptions;
import io.github.recurrentzoo.zoo.ForecastReport;
import io.github.recurrentzoo.zoo.Forecaster;
import io.github.recurrentzoo.zoo.GenerationReport;
import io.github.recurrentzoo.zoo.SequenceTranslator;
import io.github.recurrentzoo.zoo.TextClassifier;
import io.github.recurrentzoo.zoo.TextGenerator;
import io.github.recurrentzoo.zoo.TranslationReport;
import io.github.recurrentzoo.zoo.data.LabeledText;
import io.github.recurrentzoo.zoo.data.LabeledTextReader;
import io.github.recurrentzoo.zoo.data.TextPair;
import io.github.recurrentzoo.zoo.data.TextPairReader;
import io.github.recurrentzoo.zoo.report.ClassificationPart;
import io.github.recurrentzoo.zoo.report.ForecastPart;
import io.github.recurrentzoo.zoo.report.GenerationPart;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.report.TranslationPart;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells how good a saved model is, whatever its task. */
public final class EvaluateModel {

  private final EvaluateModelOptions options;
  private final PrintStream out;

  private EvaluateModel(EvaluateModelOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Evaluates as the command line says; {@code --help} lists the options.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLineProgram.exit(new EvaluateModelOptions(), EvaluateModel::run, args);
  }

  /**
   * Loads, reads, evaluates and prints the report.
   *
   * @param options the model and the rows
   * @param out where to print to
   */
  public static void run(EvaluateModelOptions options, PrintStream out) {
    String task = options.model.task();
    EvaluateModel evaluation = new EvaluateModel(options, out);
    options.page.check();
    ReportPart part =
        switch (task) {
          case "text-classification" -> evaluation.classifier();
          case "sequence-to-sequence" -> evaluation.translator();
          case "text-generation" -> evaluation.generator();
          case "forecasting" -> evaluation.forecaster();
          default ->
              throw new BadOptionException(
                  "The model is for the task %s, which this program does not know."
                      .formatted(task));
        };
    String data = options.input.data == null ? "its own data" : options.input.data.toString();
    options.page.write(
        part,
        "%s on %s".formatted(options.model.name(), data),
        Map.of("source", data),
        options.console.wording(),
        out);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", task);
    json.put("model", options.model.name());
    json.put("data", options.input.data == null ? null : options.input.data.toString());
    json.put("report", part.toMap());
    options.console.emit(() -> json);
  }

  private ReportPart classifier() {
    onlyFor("text classification", "--text-column", "--label-column", "--delimiter");
    TextClassifier classifier =
        options.model.load(TextClassifier::load, TextClassifier::pretrained);
    List<LabeledText> rows =
        options.input.data == null ? OwnData.texts(classifier.provenance(), out) : texts();
    ClassificationPart part =
        options.page.file == null
            ? new ClassificationPart(classifier.evaluate(rows), List.of())
            : ClassificationPart.of(classifier, rows);
    out.println(part.report());
    return part;
  }

  private List<LabeledText> texts() {
    LabeledTextReader.Builder builder = LabeledTextReader.builder();
    if (options.textColumn != null) {
      builder.textColumn(options.textColumn);
    }
    if (options.labelColumn != null) {
      builder.labelColumn(options.labelColumn);
    }
    if (options.input.delimiter.given()) {
      builder.delimiter(options.input.delimiter.character);
    }
    LabeledTextReader reader = builder.build();
    reading();
    List<LabeledText> rows = StandardInput.read(options.input.data, ".csv", reader::read);
    reader.warnings().forEach(warning -> out.println("Warning: " + warning));
    return rows;
  }

  private ReportPart translator() {
    onlyFor(
        "sequence to sequence",
        "--source-column",
        "--target-column",
        "--delimiter",
        "--beam",
        "--test-pairs");
    TrainingChecks.range("--beam", options.beam, 1, 1000);
    TrainingChecks.range("--test-pairs", options.testPairs, 1, 10_000_000);
    SequenceTranslator translator =
        options.model.load(SequenceTranslator::load, SequenceTranslator::pretrained);
    List<TextPair> pairs =
        options.input.data == null ? OwnData.pairs(translator.provenance(), out) : pairs();
    TranslationReport report =
        translator.evaluate(
            pairs.subList(0, Math.min(options.testPairs, pairs.size())),
            DecodingOptions.beam(options.beam));
    out.println(report);
    return new TranslationPart(report);
  }

  private List<TextPair> pairs() {
    if ((options.sourceColumn == null) != (options.targetColumn == null)) {
      throw new BadOptionException(
          "Give both --source-column and --target-column, or neither for a file without header.");
    }
    TextPairReader.Builder builder = TextPairReader.builder();
    if (options.sourceColumn != null) {
      builder.columns(options.sourceColumn, options.targetColumn);
    }
    if (options.input.delimiter.given()) {
      builder.delimiter(options.input.delimiter.character);
    }
    reading();
    return StandardInput.read(options.input.data, ".tsv", builder.build()::read);
  }

  private ReportPart generator() {
    onlyFor("text generation");
    TextGenerator generator = options.model.load(TextGenerator::load, TextGenerator::pretrained);
    GenerateText.Split split =
        options.input.data == null
            ? OwnData.text(generator.provenance(), out)
            : StandardInput.read(
                options.input.data, ".txt", file -> GenerateText.Split.ofFile(file, 1, "", out));
    GenerationReport report = GenerateText.evaluate(generator, split);
    out.println(report);
    return new GenerationPart(report, List.of());
  }

  private ReportPart forecaster() {
    onlyFor(
        "forecasting",
        "--dataset",
        "--time-column",
        "--delimiter",
        "--time-format",
        "--zone",
        "--missing",
        "--sort",
        "--test");
    Forecaster forecaster = options.model.load(Forecaster::load, Forecaster::pretrained);
    if (options.input.data == null && options.input.dataset == null) {
      options.input.dataset = OwnData.series(forecaster.options());
    }
    TimeSeries series = options.input.read(forecaster.options(), out);
    if (!(options.test > 0 && options.test < 1)) {
      throw new BadOptionException(
          "--test must be above 0 and below 1, but is %s.".formatted(options.test));
    }
    TimeSeries.Split split = series.split(options.test);
    ForecastReport report = forecaster.evaluate(split.past(), split.test());
    out.println(report);
    return new ForecastPart(report, List.of());
  }

  private void reading() {
    out.println("Reading " + StandardInput.inWords(options.input.data) + ".");
  }

  /** Refuses options that are about models of other tasks. */
  private void onlyFor(String task, String... allowed) {
    List<String> all = new ArrayList<>(List.of(allowed));
    all.addAll(List.of("--model", "--data", "--json", "--report"));
    options.console.refuseAllBut("with a model for " + task, all);
  }
}
