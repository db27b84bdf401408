package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that come once, whose endings tell. */
class NamesTest {
  @TempDir Path folder;

  /** Names with the endings in turn. */
  private static List<LabeledText> names(int count, int from, String... endings) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      String ending = endings[i % endings.length];
      rows.add(new LabeledText(Integer.toString(7919 * (i + 40), 36) + ending, "of " + ending));
    }
    return rows;
  }

  @Tag("learning")
  @Test
  void areToldByTheirCharacters() {
    TextClassifier classifier = TextClassifier.train(names(120, 0, "ovic", "sson"));
    assertEquals(TextUnit.CHARACTERS, classifier.unit());
    assertEquals(Evidence.BOTH.name(), classifier.info().option("evidence"));
    List<LabeledText> others = names(40, 1_000, "ovic", "sson");
    assertTrue(classifier.evaluate(others).accuracy() >= 0.95);
    Path file = folder.resolve("names.zip");
    classifier.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    for (String text : List.of("Petrovic", "sson", "😀 x", "")) {
      assertEquals(classifier.predict(text), loaded.predict(text));
      assertEquals(classifier.explain(text), loaded.explain(text));
      assertEquals(text.codePointCount(0, text.length()), loaded.explain(text).words().size());
    }
    TextClassifier tuned =
        loaded.fineTune(
            names(90, 0, "ovic", "sson", "idze"),
            FineTuneOptions.builder()
                .training(TrainingOptions.builder().epochs(15).batchSize(8).build())
                .learningRate(0.003)
                .build());
    assertEquals(3, tuned.labels().size());
    assertTrue(tuned.evaluate(names(60, 1_000, "ovic", "sson", "idze")).accuracy() >= 0.9);
  }
}
