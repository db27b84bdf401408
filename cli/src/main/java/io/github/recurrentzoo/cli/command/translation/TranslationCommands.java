package io.github.recurrentzoo.cli.command.translation;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.data.CsvFile;
import io.github.recurrentzoo.zoo.data.CsvFormat;
import io.github.recurrentzoo.zoo.data.CsvTable;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.training.Provenance;
import io.github.recurrentzoo.zoo.translation.DecodingOptions;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import io.github.recurrentzoo.zoo.translation.TextPairReader;
import io.github.recurrentzoo.zoo.translation.TranslationPart;
import io.github.recurrentzoo.zoo.translation.TranslationReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What sequence to sequence adds to the command line. */
public final class TranslationCommands implements TaskCommands {

  @Override
  public Task task() {
    return SequenceToSequence.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train dates", NormalizeDatesOptions::new, NormalizeDates::run),
        new Verb<>("train pronunciation", PronounceWordsOptions::new, PronounceWords::run),
        new Verb<>("train pairs", TrainPairsOptions::new, TrainPairs::run),
        new Verb<>("fine-tune pairs", FineTuneTranslatorOptions::new, FineTuneTranslator::run),
        new Verb<>("translate", TranslateTextOptions::new, TranslateText::run));
  }

  @Override
  public List<Benchmark> benchmarks() {
    return List.of(
        new Benchmark(
            "dates",
            "dates in words to ISO",
            "dates",
            true,
            new NormalizeDatesOptions()::defaults,
            PairsBenchmark::dates),
        new Benchmark(
            "pronunciation",
            "English words to sounds",
            "pronunciation",
            true,
            new PronounceWordsOptions()::defaults,
            PairsBenchmark::pronunciation));
  }

  @Override
  public List<String> evaluateOptions() {
    return DelimiterArgument.with(
        "--source-column", "--target-column", "--beam-size", "--max-test-pairs");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    TrainingChecks.range("--beam-size", options.beam, 1, 1000);
    TrainingChecks.range("--max-test-pairs", options.testPairs, 1, 10_000_000);
    SequenceTranslator translator =
        options.model.load(SequenceTranslator::load, SequenceTranslator::pretrained);
    List<TextPair> pairs =
        options.input.data == null
            ? kept(translator.provenance(), out)
            : read(options, translator.provenance().columns(), out);
    TranslationReport report =
        translator.evaluate(
            pairs.subList(0, Math.min(options.testPairs, pairs.size())),
            DecodingOptions.beam(options.beam));
    out.println(report);
    return new TranslationPart(report);
  }

  private static List<TextPair> read(
      EvaluateModelOptions options, Map<String, String> columns, PrintStream out) {
    if ((options.sourceColumn == null) != (options.targetColumn == null)) {
      throw new BadOptionException(
          "Give both --source-column and --target-column, or neither for a file without header.");
    }
    EvaluateModel.reading(options, out);
    return StandardInput.read(
        options.input.data, ".tsv", file -> reader(options, columns, file, out).read(file));
  }

  private static TextPairReader reader(
      EvaluateModelOptions options, Map<String, String> columns, Path file, PrintStream out) {
    CsvFormat format = options.input.delimiter.format();
    TextPairReader.Builder builder = TextPairReader.builder().format(format);
    if (options.sourceColumn != null) {
      builder.columns(options.sourceColumn, options.targetColumn);
    } else if (columns.containsKey("source")) {
      String source = columns.get("source");
      String target = columns.get("target");
      if (isHeaderless(file, format, source, target)) {
        out.printf(
            "Its first row names no columns \"%s\" and \"%s\", which the model learned from: the file is read as sources and targets without header.%n",
            source, target);
      } else {
        builder.columns(source, target);
      }
    }
    return builder.build();
  }

  /** Whether the first row of a file has two fields, neither of which is one of these names. */
  private static boolean isHeaderless(Path file, CsvFormat format, String source, String target) {
    if (!Files.isRegularFile(file)) {
      return false; // is refused where it is read
    }
    try (CsvFile csv = CsvFile.open(file, format)) {
      CsvTable.Row first = csv.next();
      return first != null
          && first.fields().size() == 2
          && !first.fields().contains(source)
          && !first.fields().contains(target);
    }
  }

  /** The part of the zoo's own data that was kept from the training. */
  static List<TextPair> kept(Provenance provenance, PrintStream out) {
    String[] seed = {"--seed", Long.toString(provenance.seed())};
    List<Supplier<PairSplit>> splits =
        List.of(
            () ->
                NormalizeDates.ownData(
                    CommandLineProgram.parsed(new NormalizeDatesOptions(), seed)),
            () ->
                PronounceWords.ownData(
                    CommandLineProgram.parsed(new PronounceWordsOptions(), seed)),
            () ->
                PronounceWords.ownData(
                    CommandLineProgram.parsed(
                        new PronounceWordsOptions(), seed[0], seed[1], "--stress-marks")));
    for (Supplier<PairSplit> candidate : splits) {
      PairSplit split = candidate.get();
      if (provenance.isOf(
          split.training().stream().flatMap(pair -> Stream.of(pair.source(), pair.target())))) {
        out.println("Reading the held-out pairs.");
        return split.test();
      }
    }
    throw EvaluateModel.notKnown("the dates or the pronunciations");
  }
}
