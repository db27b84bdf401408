package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.examples.CommandLineProgram;
import io.github.recurrentzoo.examples.CommandLineProgram.Work;
import io.github.recurrentzoo.examples.CompareArchitectures;
import io.github.recurrentzoo.examples.CompareArchitecturesOptions;
import io.github.recurrentzoo.examples.EvaluateModel;
import io.github.recurrentzoo.examples.EvaluateModelOptions;
import io.github.recurrentzoo.examples.FineTuneForecaster;
import io.github.recurrentzoo.examples.FineTuneForecasterOptions;
import io.github.recurrentzoo.examples.FineTuneGenerator;
import io.github.recurrentzoo.examples.FineTuneGeneratorOptions;
import io.github.recurrentzoo.examples.FineTuneTextClassifier;
import io.github.recurrentzoo.examples.FineTuneTextClassifierOptions;
import io.github.recurrentzoo.examples.FineTuneTranslator;
import io.github.recurrentzoo.examples.FineTuneTranslatorOptions;
import io.github.recurrentzoo.examples.ForecastNext;
import io.github.recurrentzoo.examples.ForecastNextOptions;
import io.github.recurrentzoo.examples.ForecastSeries;
import io.github.recurrentzoo.examples.ForecastSeriesOptions;
import io.github.recurrentzoo.examples.GenerateText;
import io.github.recurrentzoo.examples.GenerateTextOptions;
import io.github.recurrentzoo.examples.ListModels;
import io.github.recurrentzoo.examples.ListModelsOptions;
import io.github.recurrentzoo.examples.NormalizeDates;
import io.github.recurrentzoo.examples.NormalizeDatesOptions;
import io.github.recurrentzoo.examples.PredictText;
import io.github.recurrentzoo.examples.PredictTextOptions;
import io.github.recurrentzoo.examples.PronounceWords;
import io.github.recurrentzoo.examples.PronounceWordsOptions;
import io.github.recurrentzoo.examples.TrainPairs;
import io.github.recurrentzoo.examples.TrainPairsOptions;
import io.github.recurrentzoo.examples.TrainTextClassifier;
import io.github.recurrentzoo.examples.TrainTextClassifierOptions;
import io.github.recurrentzoo.examples.TranslateText;
import io.github.recurrentzoo.examples.TranslateTextOptions;
import io.github.recurrentzoo.examples.Wording;
import io.github.recurrentzoo.examples.WriteText;
import io.github.recurrentzoo.examples.WriteTextOptions;
import java.io.PrintStream;
import java.util.IdentityHashMap;
import picocli.CommandLine;

/** The commands of the launcher: for each its name, its options and its work. */
final class Commands {

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
        .add("evaluate", new EvaluateModelOptions(), EvaluateModel::run)
        .add("generate", new WriteTextOptions(), WriteText::run)
        .add("translate", new TranslateTextOptions(), TranslateText::run)
        .add("compare", new CompareArchitecturesOptions(), CompareArchitectures::run);
    commands.root.addSubcommand(new CommandLine(new CompletionOptions()));
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

  private <O> Commands add(String name, O options, Work<O> work) {
    add(root, name, options, work);
    return this;
  }

  private <O> void add(CommandLine parent, String name, O options, Work<O> work) {
    String path = parent == root ? name : parent.getCommandName() + " " + name;
    CommandLine command = CommandLineProgram.parser(options, Wording.LAUNCHER, path, args);
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
