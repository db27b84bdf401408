package io.github.recurrentzoo.zoo.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.model.Task;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class RecipesTest {
  private record Entry(
      Task task,
      Supplier<NetworkOptions<?>> builder,
      BiFunction<String, Recurrence, Recipe> recipe) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              TextClassification.TASK, TextClassification::builder, TextClassification::recipe),
          new Entry(
              SequenceForecasting.TASK, SequenceForecasting::builder, SequenceForecasting::recipe),
          new Entry(TextGeneration.TASK, TextGeneration::builder, TextGeneration::recipe),
          new Entry(
              SequenceToSequence.TASK, SequenceToSequence::builder, SequenceToSequence::recipe),
          new Entry(SequenceTagging.TASK, SequenceTagging::builder, SequenceTagging::recipe),
          new Entry(
              SequenceClassification.TASK,
              SequenceClassification::builder,
              SequenceClassification::recipe),
          new Entry(
              SequenceAutoencoder.TASK, SequenceAutoencoder::builder, SequenceAutoencoder::recipe));

  static Stream<Recipe> recipes() {
    return ENTRIES.stream()
        .flatMap(
            entry ->
                Recipes.names(entry.task()).stream()
                    .flatMap(
                        name ->
                            Stream.of(Recurrence.values())
                                .filter(
                                    recurrence ->
                                        !entry.task().equals(TextGeneration.TASK)
                                            || recurrence.servesTruncatedBptt())
                                .map(recurrence -> entry.recipe().apply(name, recurrence))));
  }

  private static NetworkOptions<?> builder(Task task) {
    return ENTRIES.stream()
        .filter(entry -> entry.task().equals(task))
        .findFirst()
        .orElseThrow()
        .builder()
        .get();
  }

  /** All that a recipe says is in the network and in the options of the training. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void aRecipeMakesNetworkAndTraining(Recipe recipe) {
    Map<String, Object> network = builder(recipe.task()).recipe(recipe).build().describe();
    assertEquals(recipe.recurrence(), network.get("recurrence"));
    recipe.network().forEach((name, value) -> assertSame(name, value, network.get(name)));
    assertTrue(network.get("updater").toString().startsWith("Adam("), network.toString());
    TrainingOptions training = TrainingOptions.builder().recipe(recipe).build();
    Map<?, ?> options = new ObjectMapper().convertValue(training, Map.class);
    recipe.training().forEach((name, value) -> assertSame(name, value, options.get(name)));
  }

  private static void assertSame(String name, Object expected, Object found) {
    if (expected instanceof Number number) {
      assertEquals(number.doubleValue(), ((Number) found).doubleValue(), name);
    } else {
      assertEquals(expected, found, name);
    }
  }

  /** The settings of the README's figure. */
  @Test
  void wordNetByAnLstm() {
    Recipe recipe = TextClassification.recipe("wordnet", Recurrence.LSTM);
    assertEquals(
        TextClassification.builder()
            .vocabularySize(20_000)
            .dropout(0.5)
            .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.004, 0.7)))
            .build()
            .describe(),
        TextClassification.builder().recipe(recipe).build().describe());
    assertEquals(
        TrainingOptions.builder().epochs(8).batchSize(128).build(),
        TrainingOptions.builder().recipe(recipe).build());
  }

  @Test
  void aRecurrenceChangesWhatItNames() {
    Recipe lstm = SequenceToSequence.recipe("dates", Recurrence.LSTM);
    Recipe rrnn = SequenceToSequence.recipe("dates", Recurrence.RRNN_UPDATED);
    assertEquals(10, rrnn.training().get("epochs"));
    assertEquals(Optimizer.adam(0.001, 0.8), rrnn.optimizer());
    assertEquals(128, rrnn.network().get("hiddenSize"));
    assertEquals(96, lstm.network().get("hiddenSize"));
    assertEquals(lstm.network().get("bidirectional"), rrnn.network().get("bidirectional"));
    assertEquals(lstm.training().get("patience"), rrnn.training().get("patience"));
    assertEquals(4, lstm.training().get("epochs"));
  }

  /** What a builder had before stays, where the recipe says nothing of it. */
  @Test
  void furtherOptionsGoWithARecipe() {
    Recipe recipe = TextClassification.recipe("texts", Recurrence.RRNN);
    Map<String, Object> network =
        TextClassification.builder()
            .classes(7)
            .seed(3)
            .recipe(recipe)
            .hiddenSize(9)
            .build()
            .describe();
    assertEquals(7, network.get("classes"));
    assertEquals(3L, network.get("seed"));
    assertEquals(9, network.get("hiddenSize"));
    assertEquals(5, TrainingOptions.builder().seed(5).recipe(recipe).epochs(1).build().seed());
  }

  @Test
  void anUnknownNameIsToldWhatThereIs() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TextClassification.recipe("wordnets", Recurrence.LSTM))
            .getMessage();
    assertTrue(message.contains("wordnet, texts"), message);
    assertThrows(
        IllegalArgumentException.class, () -> TextGeneration.recipe("wordnet", Recurrence.LSTM));
  }

  @Test
  void aRecipeOfAnotherTaskIsRefused() {
    Recipe dates = SequenceToSequence.recipe("dates", Recurrence.LSTM);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> TextClassification.builder().recipe(dates))
            .getMessage();
    assertTrue(message.contains("dates is for sequence to sequence"), message);
  }

  @Test
  void optionsThatThereAreNotAreRefused() {
    Recipe recipe =
        new Recipe(
            "mine",
            TextClassification.TASK,
            "",
            "LSTM",
            Map.of("hidden", 3),
            Map.of("epoch", 3),
            Optimizer.adam(0.1, 1));
    String network =
        assertThrows(
                IllegalArgumentException.class, () -> TextClassification.builder().recipe(recipe))
            .getMessage();
    assertTrue(network.contains("[hidden]") && network.contains("hiddenSize"), network);
    String training =
        assertThrows(IllegalArgumentException.class, () -> TrainingOptions.builder().recipe(recipe))
            .getMessage();
    assertTrue(training.contains("epoch"), training);
  }

  /** A misspelled recurrence in the file would never be found. */
  @Test
  void differencesAreThoseOfRecurrences() throws IOException {
    try (InputStream in = Recipes.class.getResourceAsStream("recipes.json")) {
      for (JsonNode row : new ObjectMapper().readTree(in)) {
        row.path("byRecurrence").fieldNames().forEachRemaining(Recurrence::valueOf);
      }
    }
  }
}
