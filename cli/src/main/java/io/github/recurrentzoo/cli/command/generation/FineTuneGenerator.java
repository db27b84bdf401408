package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.command.BeforeAndAfter;
import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.cli.command.TrainedModel;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.GenerationPart;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.nio.file.Path;

/** Fits a trained network that writes text to a text of the user's, and lets it write. */
public final class FineTuneGenerator {

  private FineTuneGenerator() {}

  /**
   * What a run gives.
   *
   * @param generator the fine-tuned generator
   * @param before how well the model that it was made of predicts text that it has not learned from
   * @param report how well the generator predicts the same text
   * @param sample what it wrote, without the prompt
   * @param model the file that it was saved to
   */
  public record Result(
      TextGenerator generator,
      GenerationReport before,
      GenerationReport report,
      String sample,
      Path model) {}

  /**
   * Fine-tunes, reports, saves and writes.
   *
   * @param options the model, the text, where to save and what to write
   * @param out where to print to
   * @return generator, reports, sample and file
   */
  public static Result run(FineTuneGeneratorOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    GenerationOptions generation = options.writing.options();
    String name = options.model.nameOr(FineTuneGeneratorOptions.PRESET);
    TextGenerator model =
        options.model.loadOr(
            FineTuneGeneratorOptions.PRESET, TextGenerator::load, TextGenerator::pretrained);
    GenerateText.Split split =
        GenerateText.Split.ofFile(options.data, model.segmentLength(), "", out);
    FineTuning run =
        FineTuning.of(name, options.data, options.training, options.output, options.console, out);
    run.begin(
        "characters", GenerateText.length(split.allButTest()), GenerateText.length(split.test()));
    TextGenerator tuned =
        run.training()
            .train(TrainedModel::of, around -> model.fineTune(split.allButTest(), tuning, around));

    TrainedModel trained = TrainedModel.of(tuned);
    GenerationReport before = GenerateText.evaluate(model, split);
    GenerationReport report = GenerateText.evaluate(tuned, split);
    BeforeAndAfter figures = BeforeAndAfter.of(before, report);
    run.show(trained, report, figures);
    run.training().save(trained);
    String sample = WriteText.write(tuned, options.writing.prompt, generation, out);
    out.println();
    run.report(
        trained,
        new GenerationPart(report, GenerateText.samples(tuned, options.writing, sample)),
        figures,
        GenerateText.facts(options.data.toString(), split, tuned));
    run.training().next("Let the model write:", WriteText.command(run.training().folder()));
    run.emit(trained, figures, report::toMap, json -> json.put("sample", sample));
    return new Result(tuned, before, report, sample, run.training().file());
  }
}
