package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.data.RecurrentZooException;
import io.github.recurrentzoo.zoo.pipeline.Pipeline;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Asks a model for cells, of which some may have no answer. */
final class Answers implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  private final SharedModel model;
  private final String zone; // executors may not know that of the session

  Answers(SparkSession session, SharedModel model) {
    this.model = model;
    this.zone = session.conf().get(TIME_ZONE);
  }

  /**
   * What became of a cell.
   *
   * @param answer with the fields of {@link RowTask#answer}; null if there is none
   * @param reason why there is none; null if there is one
   */
  record Answer(Row answer, String reason) {}

  /** Asks for cells, in one batch as long as each of them can be answered. */
  List<Answer> of(List<?> cells) {
    Answer[] answers = new Answer[cells.size()];
    List<Integer> asked = new ArrayList<>(answers.length);
    for (int i = 0; i < answers.length; i++) {
      if (cells.get(i) == null) {
        answers[i] = new Answer(null, "The cell is null; expected a value.");
      } else {
        asked.add(i);
      }
    }
    if (!asked.isEmpty()) {
      Pipeline pipeline = model.get();
      ask(pipeline, RowTask.of(pipeline), cells, asked, answers);
    }
    return Arrays.asList(answers);
  }

  /** Where one cell is refused, halves of the batch are asked, down to that cell. */
  private void ask(
      Pipeline pipeline, RowTask<?> task, List<?> cells, List<Integer> asked, Answer[] answers) {
    try {
      List<Row> rows = task.ask(pipeline, asked.stream().map(cells::get).toList(), ZoneId.of(zone));
      for (int i = 0; i < rows.size(); i++) {
        answers[asked.get(i)] = new Answer(rows.get(i), null);
      }
    } catch (RecurrentZooException | IllegalArgumentException e) {
      if (asked.size() == 1) {
        answers[asked.get(0)] = new Answer(null, e.getMessage());
        return;
      }
      int half = asked.size() / 2;
      ask(pipeline, task, cells, asked.subList(0, half), answers);
      ask(pipeline, task, cells, asked.subList(half, asked.size()), answers);
    }
  }
}
