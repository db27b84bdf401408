package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.compare.Comparison.Architecture;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.cli.console.ConsoleArguments;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.console.RecurrenceConverter;
import io.github.recurrentzoo.cli.option.OutputArguments;
import io.github.recurrentzoo.cli.option.PageArgument;
import io.github.recurrentzoo.cli.option.ShapeArguments;
import io.github.recurrentzoo.cli.option.TrainingArguments;
import io.github.recurrentzoo.cli.option.TrainingChecks;
import io.github.recurrentzoo.zoo.network.Recurrence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@link CompareArchitectures}, as the command line gives them. */
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Trains each recurrence of the zoo on one task and compares them in a table and a plot.",
      "All have the same number of parameters and of training steps, and several seeds; SimpleRnn"
          + " comes also with the start of RRNN.",
      "Without options: the adding problem at several lengths.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "{}",
      "{} --task copy --lengths 20,50",
      "{} --recurrences lstm,rrnn --lengths 200",
      "{} --task text --seeds 5",
      "",
      CommandLineProgram.EXIT_CODES
    })
public final class CompareArchitecturesOptions implements Defaults.Provider {

  private static final String DEFAULT = "(default: ${DEFAULT-VALUE})";

  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = "adding",
      converter = ContestTask.Converter.class,
      completionCandidates = ContestTask.Names.class,
      description = "${COMPLETION-CANDIDATES} " + DEFAULT + ".")
  ContestTask task;

  @Option(
      names = "--recurrences",
      paramLabel = "NAME,NAME...",
      split = ",",
      converter = RecurrenceConverter.class,
      completionCandidates = RecurrenceConverter.Names.class,
      description =
          "Which to compare: ${COMPLETION-CANDIDATES} (default: all but the slow peephole-lstm). All have as many parameters as the LSTM, whether it is compared or not.")
  List<Recurrence> recurrences = new ArrayList<>();

  @Option(
      names = "--lengths",
      paramLabel = "N,N...",
      split = ",",
      defaultValue = "20,50,100",
      description = "For adding and copy: lengths to remember " + DEFAULT + ".")
  List<Integer> lengths = new ArrayList<>();

  @Option(
      names = "--steps-per-epoch",
      paramLabel = "N",
      defaultValue = "300",
      description =
          "For adding and copy: training steps per epoch, each on newly drawn rows "
              + DEFAULT
              + ".")
  int steps;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Number of trainings of each architecture, with seeds from --seed upward "
              + DEFAULT
              + ".")
  int seeds;

  @Option(
      names = "--learning-rates",
      paramLabel = "X,X...",
      split = ",",
      description =
          "Learning rates to try with the first seed; each architecture goes on with the one of the"
              + " lowest validation loss (default: --learning-rate only).")
  List<Double> learningRates = new ArrayList<>();

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "SVG file for the plot; none for no plot (default: models/compare-<task>.svg in the"
              + " current folder).")
  Path plot;

  @Mixin ShapeArguments.Only network = new ShapeArguments.Only();

  @Mixin TrainingArguments training = new TrainingArguments();

  @Mixin PageArgument page = new PageArgument();

  @Mixin ConsoleArguments console = new ConsoleArguments();

  /** The options of a run without arguments. */
  public CompareArchitecturesOptions() {}

  @Override
  public Defaults defaults() {
    return ContestTask.ADDING.defaults().get();
  }

  /** Those of the task that is named in the arguments. */
  @Override
  public Defaults defaults(String... args) {
    Defaults defaults = taskIn(args).defaults().get();
    defaults.look(args);
    return defaults;
  }

  private static ContestTask taskIn(String... args) {
    for (int i = 0; i < args.length; i++) {
      String name = Defaults.valueOf("--task", args[i], i + 1 < args.length ? args[i + 1] : "");
      Optional<ContestTask> task = name == null ? Optional.empty() : ContestTask.named(name);
      if (task.isPresent()) {
        return task.get();
      }
    }
    return ContestTask.ADDING;
  }

  /** Those that are compared, in the order of {@link Recurrence}. */
  List<Architecture> architectures() {
    return recurrences.isEmpty()
        ? Architecture.all()
        : recurrences.stream().sorted().distinct().flatMap(Architecture::of).toList();
  }

  /** The learning rates to try, one at least. */
  List<Double> rates() {
    return learningRates.isEmpty() ? List.of(training.learningRate) : learningRates;
  }

  /** The file for the picture, if one is wanted; makes the default folder. */
  Optional<Path> preparePlot() {
    if (plot != null && plot.toString().equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    Path file = plot != null ? plot : Path.of("models", "compare-" + task + ".svg");
    if (plot == null) {
      OutputArguments.makeFolder(file.toAbsolutePath().getParent(), "--plot");
    }
    TrainingChecks.picture(file, "--plot");
    return Optional.of(file);
  }

  void check() {
    if (!task.isDrawn()) {
      console.refuse("for --task " + task, "--lengths", "--steps-per-epoch");
    }
    console.refuse("for a comparison", "--resume", "--checkpoint-every");
    TrainingChecks.range("--seeds", seeds, 1, 100);
    TrainingChecks.range("--steps-per-epoch", steps, 1, 1_000_000);
    for (int length : lengths) {
      TrainingChecks.range("--lengths", length, 2, 10_000);
    }
    TrainingChecks.range("--hidden-size", network.hiddenSize, 1, 1024);
    rates().forEach(rate -> TrainingArguments.positive("--learning-rates", rate));
    if (!task.readsItsOutput()) {
      training.optionsWithoutTeacher();
    }
  }
}
