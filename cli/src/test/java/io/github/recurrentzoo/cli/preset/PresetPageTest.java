package io.github.recurrentzoo.cli.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetPageTest {

  private static final Path PROJECT = Path.of("..");

  static List<Preset> presets() {
    return Presets.list();
  }

  @Test
  void thePageIsThatOfTheList() throws IOException {
    assertEquals(
        PresetPage.page(Presets.list()),
        Files.readString(PROJECT.resolve("docs/zoo.md")),
        "docs/zoo.md is older than presets.json. Write it again from the folder of the project: ./recurrent-zoo preset page");
  }

  @Test
  void theListOfTheClassPathIsThatOfTheSources() {
    assertEquals(Presets.list(), PresetList.read(PROJECT.resolve(PresetList.FOLDER)).presets());
  }

  /** What a preset was trained by is what its recipe says, sizes apart that the data gives. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void theRecipeIsThatOfTheWeights(Preset preset) {
    Recipe recipe = PresetTraining.recipe(preset);
    Map<String, Object> expected = new LinkedHashMap<>(preset.architecture());
    Map<String, Object> found = new LinkedHashMap<>(described(recipe, preset.seed()));
    found.keySet().retainAll(expected.keySet());
    for (String ofData :
        List.of(
            "classes",
            "labels",
            "vectorSize",
            "vocabularySize",
            "sourceVocabularySize",
            "targetVocabularySize",
            "inputSize",
            "futureSize",
            "series",
            "seriesEmbeddingSize",
            "horizon",
            "targets")) {
      expected.remove(ofData);
      found.remove(ofData);
    }
    expected.replaceAll((name, value) -> String.valueOf(value));
    found.replaceAll((name, value) -> String.valueOf(value));
    assertEquals(expected, found);
  }

  private static Map<String, Object> described(Recipe recipe, long seed) {
    return switch (recipe.task().id()) {
      case "text-classification" ->
          TextClassification.builder().recipe(recipe).seed(seed).build().describe();
      case "forecasting" ->
          SequenceForecasting.builder().recipe(recipe).seed(seed).build().describe();
      case "text-generation" ->
          TextGeneration.builder().recipe(recipe).seed(seed).build().describe();
      case "tagging" -> SequenceTagging.builder().recipe(recipe).seed(seed).build().describe();
      case "sequence-classification" ->
          SequenceClassification.builder().recipe(recipe).seed(seed).build().describe();
      default -> SequenceToSequence.builder().recipe(recipe).seed(seed).build().describe();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "0.857600001, 0.8576",
    "1, 1",
    "2.8829, 2.883",
    "0.0000123456, 1.235e-05",
    "126, 126",
    "10, 10",
    "1000, 1000"
  })
  void numbersAreShort(double value, String expected) {
    assertEquals(expected, PresetPage.number(value));
  }

  @Test
  void aNewRowChangesThePage() {
    List<Preset> presets = Presets.list();
    String page = PresetPage.page(presets.subList(1, presets.size()));
    assertTrue(!page.contains("`" + presets.get(0).name() + "`](#"), page);
  }
}
