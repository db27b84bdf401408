package io.github.recurrentzoo.cli.command;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.StandardInput;
import io.github.recurrentzoo.zoo.report.ReportPart;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells how good a saved model is, whatever its task.
 *
 * @param tasks how the models of each task are evaluated
 */
public record EvaluateModel(List<TaskCommands> tasks) {

  /**
   * Loads, reads, evaluates and prints the report.
   *
   * @param options the model and the rows
   * @param out where to print to
   */
  public void run(EvaluateModelOptions options, PrintStream out) {
    String task = options.model.task();
    TaskCommands evaluation =
        tasks.stream()
            .filter(candidate -> candidate.task().id().equals(task))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadOptionException(
                        "The model is for the task %s, which this program does not know."
                            .formatted(task)));
    refuseOthers(options, evaluation);
    options.page.check();
    ReportPart part = evaluation.evaluate(options, out);
    String data = options.input.data == null ? "its own data" : options.input.data.toString();
    options.page.write(
        part, "%s on %s".formatted(options.model.name(), data), Map.of("source", data), out);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", task);
    json.put("model", options.model.name());
    json.put("data", options.input.data == null ? null : options.input.data.toString());
    json.put("report", part.toMap());
    options.console.emit(() -> json);
  }

  /** Refuses options that are about models of other tasks. */
  private static void refuseOthers(EvaluateModelOptions options, TaskCommands evaluation) {
    List<String> all = new ArrayList<>(evaluation.evaluateOptions());
    all.addAll(List.of("--model", "--data", "--json", "--report"));
    options.console.refuseAllBut("with a model for " + evaluation.task().inWords(), all);
  }

  /** Tells which file is being read. */
  public static void reading(EvaluateModelOptions options, PrintStream out) {
    out.println("Reading " + StandardInput.inWords(options.input.data) + ".");
  }

  /**
   * Says that it is not known which of the zoo's own rows are new to a model. They are found by the
   * digest of the rows that the model was trained on, so that no row of the training is taken for a
   * new one.
   *
   * @param own the zoo's own data
   */
  public static BadOptionException notKnown(String own) {
    return new BadOptionException(
        "The model was not trained on %s with default options, so its held-out test set is unknown. Give rows to evaluate it on with --data."
            .formatted(own));
  }
}
