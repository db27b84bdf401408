package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import java.io.PrintStream;
import java.util.List;

/** What a task adds to the command line. */
public interface TaskCommands {

  /** The task. */
  Task task();

  /** Its commands: to train, to fine-tune, and to ask a model. */
  List<Verb<?>> verbs();

  /** The zoo's own data sets for it, on which presets are trained and architectures compared. */
  default List<Benchmark> benchmarks() {
    return List.of();
  }

  /** The options of {@code evaluate} that this task knows, beside those that all know. */
  List<String> evaluateOptions();

  /**
   * Loads a model, reads the rows, evaluates and prints the report.
   *
   * @param options the model and the rows
   * @param out where to print to
   * @return the report, for a page and for programs
   */
  ReportPart evaluate(EvaluateModelOptions options, PrintStream out);
}
