package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.cli.command.EvaluateModel;
import io.github.recurrentzoo.cli.command.EvaluateModelOptions;
import io.github.recurrentzoo.cli.command.ExportModel;
import io.github.recurrentzoo.cli.command.ExportModelOptions;
import io.github.recurrentzoo.cli.command.ListModels;
import io.github.recurrentzoo.cli.command.ListModelsOptions;
import io.github.recurrentzoo.cli.command.Verb;
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
import io.github.recurrentzoo.cli.task.Tasks;
import java.io.PrintStream;
import java.util.IdentityHashMap;
import java.util.function.Supplier;
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
    commands
        .add("list", ListModelsOptions::new, ListModels::run)
        .group(new TrainOptions())
        .group(new FineTuneOptions())
        .add("evaluate", EvaluateModelOptions::new, new EvaluateModel(Tasks.ALL)::run);
    Tasks.ALL.stream().flatMap(task -> task.verbs().stream()).forEach(commands::add);
    commands.add("export", ExportModelOptions::new, ExportModel::run);
    commands.add("compare", CompareArchitecturesOptions::new, CompareArchitectures::run);
    commands.root.addSubcommand(new CommandLine(new CompletionOptions()));
    commands
        .group(new PresetOptions())
        .add("preset train", TrainPresetOptions::new, TrainPreset::run)
        .add("preset page", PresetPageOptions::new, PresetPage::run)
        .add("preset vectors", BuildVectorsOptions::new, BuildVectors::run);
    return commands;
  }

  /** A command that has no work of its own but others below it. */
  private Commands group(Object options) {
    root.addSubcommand(new CommandLine(options).setUsageHelpAutoWidth(true));
    return this;
  }

  private <O> Commands add(String name, Supplier<O> options, Work<O> work) {
    add(new Verb<>(name, options, work));
    return this;
  }

  private <O> void add(Verb<O> verb) {
    O options = verb.options().get();
    CommandLine command = CommandLineProgram.command(options, verb.name(), args);
    String[] names = verb.name().split(" ", -1);
    CommandLine parent = names.length == 1 ? root : root.getSubcommands().get(names[0]);
    command.setCommandName(names[names.length - 1]);
    parent.addSubcommand(command);
    works.put(options, out -> verb.work().run(options, out));
  }

  CommandLine root() {
    return root;
  }

  /** Does the work of a command that has one. */
  void run(CommandLine command, PrintStream out) throws Exception {
    works.get(command.getCommandSpec().userObject()).run(out);
  }
}
