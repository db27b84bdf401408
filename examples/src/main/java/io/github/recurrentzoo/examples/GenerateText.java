package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.WordNetDefinitions;
import io.github.recurrentzoo.zoo.generation.CharacterNGrams;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Learns to write definitions, character by character; about ten minutes. */
public final class GenerateText {
  private GenerateText() {}

  public static void main(String[] args) {
    List<String> definitions = new ArrayList<>(WordNetDefinitions.readAll());
    Collections.shuffle(definitions, new Random(42)); // WordNet's own order is by subject
    TextGenerator generator = run(definitions, 3, System.out);
    GenerationOptions options = GenerationOptions.builder().length(300).temperature(0.7).build();
    System.out.println("a small bird" + generator.generate("a small bird", options));
  }

  static TextGenerator run(List<String> documents, int epochs, PrintStream out) {
    int border = (int) (documents.size() * 0.95);
    List<String> learned = documents.subList(0, border);
    String test = TextGenerator.join(documents.subList(border, documents.size()));
    TextGenerator generator =
        TextGenerator.train(
            learned,
            TextGeneration.builder()
                .hiddenSize(256)
                .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.01, 0.4)))
                .build(),
            TrainingOptions.builder().epochs(epochs).validationSplit(0.05).build(),
            TrainingRun.of(ConsoleProgress.on(out)));
    CharacterNGrams baseline =
        CharacterNGrams.of(TextGenerator.join(learned), generator.vocabulary(), 5);
    out.println(generator.evaluate(test, baseline));
    return generator;
  }
}
