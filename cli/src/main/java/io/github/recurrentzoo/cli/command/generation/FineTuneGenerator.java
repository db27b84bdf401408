package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.command.FineTuning;
import io.github.recurrentzoo.zoo.generation.GenerationPart;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import java.io.PrintStream;
import java.util.List;

/** Fits a trained network that writes text to a text of the user's, and lets it write. */
public final class FineTuneGenerator {

  private FineTuneGenerator() {}

  /**
   * Fine-tunes, reports, saves and writes.
   *
   * @param options the model, the text, where to save and what to write
   * @param out where to print to
   * @return generator, report, sample and file
   */
  public static GenerateText.Result run(FineTuneGeneratorOptions options, PrintStream out) {
    FineTuneOptions tuning = options.tuning();
    options.writing.options(); // refuses what cannot be
    String name = options.model.nameOr(FineTuneGeneratorOptions.PRESET);
    TextGenerator model =
        options.model.loadOr(
            FineTuneGeneratorOptions.PRESET, TextGenerator::load, TextGenerator::pretrained);
    GenerateText.Split split =
        GenerateText.Split.ofFile(
                options.data, options.split, options.training.seed, model.segmentLength(), "", out)
            .requireTwo(model.unit());
    FineTuning run =
        new FineTuning(name, options.data, options.training, options.output, options.console, out);
    run.begin(
        "characters", GenerateText.length(split.allButTest()), GenerateText.length(split.test()));
    TextGenerator tuned = run.train(around -> split.fineTune(model, tuning, around));
    run.before(new GenerationPart(GenerateText.evaluate(model, split), List.of()));
    return GenerateText.end(
        run,
        tuned,
        split,
        options.writing,
        options.data.toString(),
        "",
        () ->
            run.toSave(
                tuned,
                options.split,
                "%,d characters".formatted(GenerateText.length(split.all())),
                (epochs, around) ->
                    model.fineTune(split.all(), "", tuning.withEpochs(epochs), around)));
  }
}
