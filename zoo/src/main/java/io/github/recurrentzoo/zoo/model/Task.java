package io.github.recurrentzoo.zoo.model;

import java.util.Locale;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonValue;

/**
 * What networks are trained for. Each entry of the zoo names its task, such as {@code
 * TextClassification.TASK}.
 *
 * @param id the name in model files and lists, in lower case, such as {@code text-classification}
 */
public record Task(String id) {

  /** Takes ids, and the names that earlier versions wrote, such as TEXT_CLASSIFICATION. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Task {
    id = id.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  // At the component it would stand at field and accessor both, which Jackson refuses to write.
  @Override
  @JsonValue
  public String id() {
    return id;
  }

  /** For people, such as "text classification". */
  public String inWords() {
    return id.replace('-', ' ');
  }

  @Override
  public String toString() {
    return id;
  }
}
