package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.report.ReportPart;
import java.io.PrintStream;
import java.util.List;

/** How {@code evaluate} treats the models of one task. */
public interface ModelEvaluation {

  /** The task. */
  Task task();

  /** The options of {@code evaluate} that this task knows, beside those that all know. */
  List<String> options();

  /**
   * Loads the model, reads the rows, evaluates and prints the report.
   *
   * @param options the model and the rows
   * @param out where to print to
   * @return the report, for a page and for programs
   */
  ReportPart evaluate(EvaluateModelOptions options, PrintStream out);
}
