package io.github.recurrentzoo.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.recurrentzoo.cli.command.classification.TrainTextClassifierOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeriesOptions;
import io.github.recurrentzoo.cli.command.generation.GenerateTextOptions;
import io.github.recurrentzoo.cli.command.translation.NormalizeDatesOptions;
import io.github.recurrentzoo.cli.command.translation.PairsArguments;
import io.github.recurrentzoo.cli.command.translation.PronounceWordsOptions;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.network.NetworkOptions;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Recipe;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A command without options makes the network and the training of its recipe. */
class DefaultsTest {

  @ParameterizedTest
  @EnumSource
  void classification(Recurrence recurrence) {
    TrainTextClassifierOptions options =
        CommandLineProgram.parsed(new TrainTextClassifierOptions(), args(recurrence));
    Recipe recipe = TextClassification.recipe("wordnet", recurrence);
    assertSame(TextClassification.builder().recipe(recipe), options.architecture());
    assertEquals(training(recipe), options.training.options());
  }

  @ParameterizedTest
  @EnumSource
  void dates(Recurrence recurrence) {
    pairs(new NormalizeDatesOptions(), SequenceToSequence.recipe("dates", recurrence));
  }

  @ParameterizedTest
  @EnumSource
  void pronunciation(Recurrence recurrence) {
    pairs(new PronounceWordsOptions(), SequenceToSequence.recipe("pronunciation", recurrence));
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "--recurrence gru, false",
    "--data words.tsv, false",
    "--patience 3, false",
    "--learning-rate-decay 0.9, false",
    "--patience 3 --keep-last, true",
    "--no-keep-last, false",
    "--recurrence gru --keep-last, true"
  })
  void theRecipeAndTheCommandLineSayWhichEpochIsKept(String line, boolean expected) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");
    PairsArguments options = CommandLineProgram.parsed(new PronounceWordsOptions(), args);
    assertEquals(expected, options.training.options().keepLast());
  }

  private static void pairs(PairsArguments options, Recipe recipe) {
    CommandLineProgram.parsed(options, args(Recurrence.valueOf(recipe.recurrence())));
    assertSame(SequenceToSequence.builder().recipe(recipe), options.architecture());
    assertEquals(training(recipe), options.training.options());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PEEPHOLE_LSTM")
  void generation(Recurrence recurrence) {
    GenerateTextOptions options =
        CommandLineProgram.parsed(new GenerateTextOptions(), args(recurrence));
    Recipe recipe = TextGeneration.recipe("definitions", recurrence);
    assertSame(TextGeneration.builder().recipe(recipe), options.architecture());
    assertEquals(
        training(recipe),
        options.training.optionsWithValidation(training(recipe).validationSplit()));
  }

  @Test
  void generationOfWords() {
    for (String data : new String[] {"", "--data=novel.txt"}) {
      List<String> args = new ArrayList<>(List.of("--unit", "words"));
      if (!data.isEmpty()) {
        args.add(data);
      }
      GenerateTextOptions options =
          CommandLineProgram.parsed(new GenerateTextOptions(), args.toArray(String[]::new));
      Recipe recipe =
          TextGeneration.recipe(data.isEmpty() ? "definition-words" : "words", Recurrence.LSTM);
      assertEquals(recipe.network().get("hiddenSize"), options.network.hiddenSize);
      assertEquals(recipe.network().get("vocabularySize"), options.vocabularySize);
      assertEquals(recipe.training().get("epochs"), options.training.epochs);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forecasting(Recurrence recurrence) {
    for (String name : new String[] {"seattle", "co2"}) {
      ForecastSeriesOptions options =
          CommandLineProgram.parsed(
              new ForecastSeriesOptions(),
              "--dataset",
              name,
              "--recurrence",
              RecurrenceConverter.name(recurrence));
      assertSame(
          SequenceForecasting.builder().recipe(SequenceForecasting.recipe(name, recurrence)),
          options.architecture());
    }
  }

  private static String[] args(Recurrence recurrence) {
    return new String[] {"--recurrence", RecurrenceConverter.name(recurrence)};
  }

  private static TrainingOptions training(Recipe recipe) {
    return TrainingOptions.builder().recipe(recipe).build();
  }

  private static void assertSame(NetworkOptions<?> expected, NetworkOptions<?> found) {
    assertEquals(expected.build().describe(), found.build().describe());
  }
}
