package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.cli.command.AskedTexts;
import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.cli.option.DelimiterArgument;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.tagging.TaggedTextReader;
import io.github.recurrentzoo.zoo.tagging.TaggingPart;
import io.github.recurrentzoo.zoo.tagging.TaggingReport;
import io.github.recurrentzoo.zoo.tagging.WordBaseline;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What tagging adds to the command line. */
public final class TaggingCommands implements TaskCommands {

  @Override
  public Task task() {
    return SequenceTagging.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train tagging", TrainTaggerOptions::new, TrainTagger::run),
        new Verb<>("fine-tune tagging", FineTuneTaggerOptions::new, FineTuneTagger::run),
        new Verb<>("tag", TagTextOptions::new, TagText::run));
  }

  @Override
  public List<Benchmark> benchmarks() {
    return List.of(
        new Benchmark(
            "tagging",
            "tagging",
            "brown",
            false,
            new TrainTaggerOptions()::defaults,
            TagBenchmark::brown),
        new Benchmark(
            "syllables",
            "tagging",
            "syllables",
            false,
            () -> Defaults.of(SequenceTagging.recipe("syllables", Recurrence.LSTM)),
            TagBenchmark::syllables));
  }

  @Override
  public List<String> evaluateOptions() {
    return DelimiterArgument.with("--word-column", "--label-column", "--sentence-column");
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    SequenceTagger tagger = options.model.load(SequenceTagger::load, SequenceTagger::pretrained);
    TaggingReport report;
    if (options.input.data == null) {
      TaggedParts parts = kept(tagger.provenance(), out);
      report = tagger.evaluate(parts.test(), WordBaseline.train(parts.training()));
    } else {
      report = tagger.evaluate(read(options, tagger, out));
    }
    out.println(report);
    return new TaggingPart(report);
  }

  private static List<TaggedText> read(
      EvaluateModelOptions options, SequenceTagger tagger, PrintStream out) {
    Map<String, String> columns = tagger.provenance().columns();
    TaggedTextReader reader =
        TaggedFileArguments.reader(
                given(options.wordColumn, columns, TaggedFileArguments.WORD),
                given(options.labelColumn, columns, TaggedFileArguments.LABEL),
                given(options.sentenceColumn, columns, TaggedFileArguments.SENTENCE))
            .plainLabels(!tagger.marksSpans() || hasOtherScheme(tagger))
            .format(options.input.delimiter.format())
            .build();
    EvaluateModel.reading(options, out);
    List<TaggedText> rows = StandardInput.read(options.input.data, ".conll", reader::read);
    reader.notes().forEach(out::println);
    TreeSet<String> unknown = new TreeSet<>();
    rows.forEach(row -> unknown.addAll(row.labels()));
    unknown.removeAll(tagger.labels());
    if (!unknown.isEmpty()) {
      out.printf(
          "Warning: the model does not know %s of the labels, whose words count as wrong: %s.%n",
          unknown.size(), AskedTexts.excerpt(String.join(", ", unknown)));
    }
    return rows;
  }

  /** Whether the model has learned BIOES or the like as it stands (--plain-labels). */
  private static boolean hasOtherScheme(SequenceTagger tagger) {
    return tagger.labels().stream().anyMatch(label -> label.matches("[ESLU]-.*"));
  }

  /** What the command line says, else what the model remembers. */
  private static String given(String option, Map<String, String> columns, String name) {
    return option == null ? columns.get(name) : option;
  }

  /** The part of the zoo's own data that was kept from the training, and the other one. */
  private static TaggedParts kept(Provenance provenance, PrintStream out) {
    TaggedParts brown = TaggedParts.brown(provenance.seed());
    if (provenance.isOf(SequenceTagger.parts(brown.training()).stream())) {
      out.println("Reading the held-out texts of the Brown corpus.");
      return brown;
    }
    TaggedParts syllables = TaggedParts.syllables(provenance.seed());
    if (provenance.isOf(SequenceTagger.parts(syllables.training()).stream())) {
      out.println("Reading the held-out words of the pronunciation lexicon.");
      return syllables;
    }
    throw EvaluateModel.notKnown("the Brown corpus or the pronunciation lexicon");
  }
}
