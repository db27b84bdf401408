package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.Benchmark;
import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.cli.compare.Comparison.Contest;
import io.github.recurrentzoo.cli.console.Defaults;
import io.github.recurrentzoo.cli.task.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A task that {@link CompareArchitectures} knows.
 *
 * @param name as the command line has it
 * @param title for people
 * @param logarithmic whether scores are errors of several orders of magnitude
 * @param readsItsOutput whether the networks read their own output, so that teacher forcing has a
 *     meaning
 * @param defaults the default values of shape and training, those of the task's own command if it
 *     has one
 * @param contests what is compared with these options
 */
record ContestTask(
    String name,
    String title,
    boolean logarithmic,
    boolean readsItsOutput,
    Supplier<Defaults> defaults,
    Function<CompareArchitecturesOptions, List<Contest>> contests) {

  static final ContestTask ADDING = of(MemoryTask.ADDING, "adding", "adding problem", true);

  /** Those whose rows are drawn at random, and the zoo's own data sets. */
  static final List<ContestTask> ALL =
      Stream.concat(
              Stream.of(ADDING, of(MemoryTask.COPY, "copy", "copy task", false)),
              Tasks.benchmarks().stream().map(ContestTask::of))
          .toList();

  private static ContestTask of(MemoryTask task, String name, String title, boolean logarithmic) {
    return new ContestTask(
        name,
        title,
        logarithmic,
        false,
        MemoryTask::defaults,
        options ->
            options.lengths.stream()
                .<Contest>map(length -> new MemoryContest(task, length, options))
                .toList());
  }

  private static ContestTask of(Benchmark benchmark) {
    return new ContestTask(
        benchmark.name(),
        benchmark.title(),
        false,
        benchmark.readsItsOutput(),
        benchmark.defaults(),
        options -> {
          BenchmarkData<?, ?> data = benchmark.data().apply(options.training.seed);
          return List.of(new BenchmarkContest<>(data, benchmark.recipe(), options));
        });
  }

  /** The task of a name, in capital letters too. */
  static Optional<ContestTask> named(String name) {
    return ALL.stream().filter(task -> task.name.equalsIgnoreCase(name)).findFirst();
  }

  /** Whether the rows are drawn at random, and are as long as wanted. */
  boolean isDrawn() {
    return Tasks.benchmarks().stream().noneMatch(benchmark -> benchmark.name().equals(name));
  }

  @Override
  public String toString() {
    return name;
  }

  /** Takes a name. */
  static final class Converter implements ITypeConverter<ContestTask> {
    @Override
    public ContestTask convert(String value) {
      return named(value)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, but was '%s'"
                          .formatted(String.join(", ", new Names()), value)));
    }
  }

  /** The names of all, for help texts. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(ALL.stream().map(ContestTask::name).toList());
    }
  }
}
