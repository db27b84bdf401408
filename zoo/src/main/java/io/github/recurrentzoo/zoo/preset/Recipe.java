package io.github.recurrentzoo.zoo.preset;

import io.github.recurrentzoo.zoo.model.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to train well on some data, as data. The entries give the recipes of their task, their
 * builders and that of the training options take one:
 *
 * <pre>{@code
 * Recipe recipe = TextClassification.recipe("wordnet", Recurrence.LSTM);
 * TextClassifier.train(
 *     rows,
 *     TextClassification.builder().recipe(recipe),
 *     TrainingOptions.builder().recipe(recipe).build());
 * }</pre>
 *
 * <p>Command line and presets read the same recipes. Seeds are no part of one.
 *
 * @param name what it is asked for by, such as {@code wordnet}
 * @param task what is trained
 * @param data what it does well on, for people
 * @param recurrence the name of the recurrence, such as {@code LSTM}
 * @param network options of the network, by the names of the methods of its entry's builder; those
 *     left out have the builder's defaults
 * @param training options of the training, by the names of the methods of its builder; those left
 *     out have the builder's defaults
 * @param optimizer how gradients become steps
 */
public record Recipe(
    String name,
    Task task,
    String data,
    String recurrence,
    Map<String, Object> network,
    Map<String, Object> training,
    Optimizer optimizer) {

  /** Keeps copies of the options. */
  public Recipe {
    network = Collections.unmodifiableMap(new LinkedHashMap<>(network));
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
  }
}
