package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.TaskCommands;
import io.github.recurrentzoo.cli.command.Verb;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.zoo.generation.GenerationPart;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.report.ReportPart;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.Provenance;
import java.io.PrintStream;
import java.util.List;

/** What text generation adds to the command line. */
public final class GenerationCommands implements TaskCommands {

  @Override
  public Task task() {
    return TextGeneration.TASK;
  }

  @Override
  public List<Verb<?>> verbs() {
    return List.of(
        new Verb<>("train generation", GenerateTextOptions::new, GenerateText::run),
        new Verb<>("fine-tune generation", FineTuneGeneratorOptions::new, FineTuneGenerator::run),
        new Verb<>("generate", WriteTextOptions::new, WriteText::run));
  }

  @Override
  public List<Benchmark> benchmarks() {
    return List.of(
        new Benchmark(
            "generation",
            "text generation",
            "definitions",
            true,
            new GenerateTextOptions()::defaults,
            seed -> new WordNetText(seed, TextUnit.CHARACTERS)),
        new Benchmark(
            "words",
            "text generation in words",
            "definition-words",
            true,
            () -> Defaults.of(TextGeneration.recipe("definition-words", Recurrence.LSTM)),
            seed -> new WordNetText(seed, TextUnit.WORDS)));
  }

  @Override
  public List<String> evaluateOptions() {
    return List.of();
  }

  @Override
  public ReportPart evaluate(EvaluateModelOptions options, PrintStream out) {
    TextGenerator generator = options.model.load(TextGenerator::load, TextGenerator::pretrained);
    GenerationReport report =
        options.input.data == null
            ? GenerateText.evaluate(generator, kept(generator.provenance(), out))
            : generator.evaluate(read(options, out));
    out.println(report);
    return new GenerationPart(report, List.of());
  }

  /** The whole file or folder. N-grams of it would know what they are asked, so there are none. */
  private static String read(EvaluateModelOptions options, PrintStream out) {
    EvaluateModel.reading(options, out);
    return StandardInput.read(options.input.data, ".txt", GenerateText::textOf);
  }

  /** The part of the zoo's own data that was kept from the training. */
  static GenerateText.Split kept(Provenance provenance, PrintStream out) {
    GenerateText.Split split = GenerateText.Split.ofDefinitions(provenance.seed(), out);
    if (provenance.isOf(split.documents().stream())) {
      return split;
    }
    throw EvaluateModel.notKnown("the definitions of WordNet");
  }
}
