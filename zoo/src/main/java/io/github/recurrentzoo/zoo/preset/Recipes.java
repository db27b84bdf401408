package io.github.recurrentzoo.zoo.preset;

import io.github.recurrentzoo.zoo.model.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The recipes of the zoo, which {@code recipes.json} holds. */
public final class Recipes {
  private static final List<Row> ROWS = read();

  private Recipes() {}

  /**
   * The names of the recipes for a task: those for the zoo's own data first, and last the one for
   * data of the user's.
   */
  public static List<String> names(Task task) {
    return ROWS.stream().filter(row -> row.task().equals(task)).map(Row::name).toList();
  }

  /**
   * The recipe of that name. The entries' own method is the usual way: {@code
   * TextClassification.recipe(name, recurrence)}.
   *
   * @param recurrence the name of the recurrence, such as {@code LSTM}
   * @throws IllegalArgumentException if there is none of that name for the task; the message lists
   *     those that there are
   */
  public static Recipe get(String name, Task task, String recurrence) {
    return ROWS.stream()
        .filter(row -> row.name().equals(name) && row.task().equals(task))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no recipe \"%s\" for %s; there are: %s"
                        .formatted(name, task.inWords(), String.join(", ", names(task)))))
        .recipe(recurrence);
  }

  private static List<Row> read() {
    try (InputStream in = Recipes.class.getResourceAsStream("recipes.json")) {
      return List.of(new ObjectMapper().readValue(in, Row[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("The recipes of the zoo cannot be read", e);
    }
  }

  /**
   * What holds for all recurrences, and what is other for some.
   *
   * @param byRecurrence by the names of recurrences
   */
  private record Row(
      String name,
      Task task,
      String data,
      Map<String, Object> network,
      Map<String, Object> training,
      Optimizer optimizer,
      Map<String, Change> byRecurrence) {

    Recipe recipe(String recurrence) {
      Change change = byRecurrence == null ? null : byRecurrence.get(recurrence);
      return change == null
          ? new Recipe(name, task, data, recurrence, network, training, optimizer)
          : new Recipe(
              name,
              task,
              data,
              recurrence,
              with(network, change.network()),
              with(training, change.training()),
              change.optimizer() == null ? optimizer : change.optimizer());
    }

    private static Map<String, Object> with(
        Map<String, Object> options, Map<String, Object> others) {
      Map<String, Object> all = new LinkedHashMap<>(options);
      if (others != null) {
        all.putAll(others);
      }
      return all;
    }
  }

  /**
   * What is other for a recurrence.
   *
   * @param about why, for who reads the file
   */
  private record Change(
      String about,
      Map<String, Object> network,
      Map<String, Object> training,
      Optimizer optimizer) {}
}
