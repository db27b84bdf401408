package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.ListModels;
import io.github.recurrentzoo.cli.command.ListModelsOptions;
import io.github.recurrentzoo.cli.command.ModelEvaluation;
import io.github.recurrentzoo.cli.command.classification.ClassifierEvaluation;
import io.github.recurrentzoo.cli.command.classification.FineTuneTextClassifier;
import io.github.recurrentzoo.cli.command.classification.FineTuneTextClassifierOptions;
import io.github.recurrentzoo.cli.command.classification.PredictText;
import io.github.recurrentzoo.cli.command.classification.PredictTextOptions;
import io.github.recurrentzoo.cli.command.classification.TrainTextClassifier;
import io.github.recurrentzoo.cli.command.classification.TrainTextClassifierOptions;
import io.github.recurrentzoo.cli.command.forecasting.FineTuneForecaster;
import io.github.recurrentzoo.cli.command.forecasting.FineTuneForecasterOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecastNext;
import io.github.recurrentzoo.cli.command.forecasting.ForecastNextOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeries;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeriesOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecasterEvaluation;
import io.github.recurrentzoo.cli.command.generation.FineTuneGenerator;
import io.github.recurrentzoo.cli.command.generation.FineTuneGeneratorOptions;
import io.github.recurrentzoo.cli.command.generation.GenerateText;
import io.github.recurrentzoo.cli.command.generation.GenerateTextOptions;
import io.github.recurrentzoo.cli.command.generation.GeneratorEvaluation;
import io.github.recurrentzoo.cli.command.generation.WriteText;
import io.github.recurrentzoo.cli.command.generation.WriteTextOptions;
import io.github.recurrentzoo.cli.command.translation.FineTuneTranslator;
import io.github.recurrentzoo.cli.command.translation.FineTuneTranslatorOptions;
import io.github.recurrentzoo.cli.command.translation.NormalizeDates;
import io.github.recurrentzoo.cli.command.translation.NormalizeDatesOptions;
import io.github.recurrentzoo.cli.command.translation.PronounceWords;
import io.github.recurrentzoo.cli.command.translation.PronounceWordsOptions;
import io.github.recurrentzoo.cli.command.translation.TrainPairs;
import io.github.recurrentzoo.cli.command.translation.TrainPairsOptions;
import io.github.recurrentzoo.cli.command.translation.TranslateText;
import io.github.recurrentzoo.cli.command.translation.TranslateTextOptions;
import io.github.recurrentzoo.cli.command.translation.TranslatorEvaluation;
import io.github.recurrentzoo.cli.compare.CompareArchitectures;
import io.github.recurrentzoo.cli.compare.CompareArchitecturesOptions;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.CommandLineProgram.Work;
import io.github.recurrentzoo.cli.preset.BuildVectors;
import io.github.recurrentzoo.cli.preset.BuildVectorsOptions;
import io.github.recurrentzoo.cli.preset.PresetPage;
import io.github.recurrentzoo.cli.preset.PresetPageOptions;
import io.github.recurrentzoo.cli.preset.TrainPreset;
import io.github.recurrentzoo.cli.preset.TrainPresetOptions;
import java.io.PrintStream;
import java.util.IdentityHashMap;
import java.util.List;
import picocli.CommandLine;

/** The commands of the launcher: for each its name, its options and its work. */
final class Commands {

  private static final List<ModelEvaluation> EVALUATIONS =
      List.of(
          new ClassifierEvaluation(),
          new TranslatorEvaluation(),
          new GeneratorEvaluation(),
          new ForecasterEvaluation());

  private final CommandLine root = new CommandLine(new RootOptions());
  private final IdentityHashMap<Object, Runner> works = new IdentityHashMap<>();
  private final String[] args;

  private interface Runner {
    void run(PrintStream out) throws Exception;
  }

  private Commands(String[] args) {
    this.args = args;
  }

  /**
   * All commands.
   *
   * @param args the command line, on which some defaults depend
   */
  static Commands of(String... args) {
    Commands commands = new Commands(args);
    commands.root.setUsageHelpAutoWidth(true);
    commands.add("list", new ListModelsOptions(), ListModels::run);
    commands.addTraining();
    commands.addFineTuning();
    commands
        .add("predict", new PredictTextOptions(), PredictText::run)
        .add("forecast", new ForecastNextOptions(), ForecastNext::run)
        .add("evaluate", new EvaluateModelOptions(), new EvaluateModel(EVALUATIONS)::run)
        .add("generate", new WriteTextOptions(), WriteText::run)
        .add("translate", new TranslateTextOptions(), TranslateText::run)
        .add("compare", new CompareArchitecturesOptions(), CompareArchitectures::run);
    commands.root.addSubcommand(new CommandLine(new CompletionOptions()));
    commands.addPresets();
    return commands;
  }

  private void addTraining() {
    CommandLine train = new CommandLine(new TrainOptions()).setUsageHelpAutoWidth(true);
    root.addSubcommand(train);
    add(train, "text", new TrainTextClassifierOptions(), TrainTextClassifier::run);
    add(train, "forecast", new ForecastSeriesOptions(), ForecastSeries::run);
    add(train, "generation", new GenerateTextOptions(), GenerateText::run);
    add(train, "dates", new NormalizeDatesOptions(), NormalizeDates::run);
    add(train, "pronunciation", new PronounceWordsOptions(), PronounceWords::run);
    add(train, "pairs", new TrainPairsOptions(), TrainPairs::run);
  }

  private void addFineTuning() {
    CommandLine tune = new CommandLine(new FineTuneOptions()).setUsageHelpAutoWidth(true);
    root.addSubcommand(tune);
    add(tune, "text", new FineTuneTextClassifierOptions(), FineTuneTextClassifier::run);
    add(tune, "forecast", new FineTuneForecasterOptions(), FineTuneForecaster::run);
    add(tune, "generation", new FineTuneGeneratorOptions(), FineTuneGenerator::run);
    add(tune, "pairs", new FineTuneTranslatorOptions(), FineTuneTranslator::run);
  }

  private void addPresets() {
    CommandLine preset = new CommandLine(new PresetOptions()).setUsageHelpAutoWidth(true);
    root.addSubcommand(preset);
    add(preset, "train", new TrainPresetOptions(), TrainPreset::run);
    add(preset, "page", new PresetPageOptions(), PresetPage::run);
    add(preset, "vectors", new BuildVectorsOptions(), BuildVectors::run);
  }

  private <O> Commands add(String name, O options, Work<O> work) {
    add(root, name, options, work);
    return this;
  }

  private <O> void add(CommandLine parent, String name, O options, Work<O> work) {
    String path = parent == root ? name : parent.getCommandName() + " " + name;
    CommandLine command = CommandLineProgram.command(options, path, args);
    command.setCommandName(name);
    parent.addSubcommand(name, command);
    works.put(options, out -> work.run(options, out));
  }

  CommandLine root() {
    return root;
  }

  /** Does the work of a command that has one. */
  void run(CommandLine command, PrintStream out) throws Exception {
    works.get(command.getCommandSpec().userObject()).run(out);
  }
}
