package io.github.recurrentzoo.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.recurrentzoo.cli.command.anomalies.TrainAnomaliesOptions;
import io.github.recurrentzoo.cli.command.classification.TrainTextClassifierOptions;
import io.github.recurrentzoo.cli.command.forecasting.ForecastSeriesOptions;
import io.github.recurrentzoo.cli.command.generation.GenerateTextOptions;
import io.github.recurrentzoo.cli.command.sequences.TrainSequencesOptions;
import io.github.recurrentzoo.cli.command.translation.TrainPairsOptions;
import io.github.recurrentzoo.zoo.anomalies.AnomalyOptions;
import io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.GenerationOptions;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OptionNamesTest {

  /**
   * What a pipeline sets by itself, or what only Java can say; {@code --vocabulary-size} is for
   * both sides of pairs.
   */
  private static final Set<String> OF_JAVA =
      Set.of(
          "preset",
          "recipe",
          "updater",
          "optimizer",
          "dataType",
          "classes",
          "missing",
          "channels",
          "placeSize",
          "inputSize",
          "futureSize",
          "series",
          "seriesEmbeddingSize",
          "calendarAhead",
          "targets",
          "restartEvery",
          "stopAt",
          "sourceVocabularySize",
          "targetVocabularySize",
          "keepLast");

  static Stream<Arguments> builders() {
    return Stream.of(
        Arguments.of(TextClassification.Builder.class, new TrainTextClassifierOptions()),
        Arguments.of(SequenceForecasting.Builder.class, new ForecastSeriesOptions()),
        Arguments.of(ForecastOptions.Builder.class, new ForecastSeriesOptions()),
        Arguments.of(TextGeneration.Builder.class, new GenerateTextOptions()),
        Arguments.of(GenerationOptions.Builder.class, new GenerateTextOptions()),
        Arguments.of(SequenceToSequence.Builder.class, new TrainPairsOptions()),
        Arguments.of(SequenceClassification.Builder.class, new TrainSequencesOptions()),
        Arguments.of(SequenceAutoencoder.Builder.class, new TrainAnomaliesOptions()),
        Arguments.of(AnomalyOptions.Builder.class, new TrainAnomaliesOptions()),
        Arguments.of(TrainingOptions.Builder.class, new ForecastSeriesOptions()));
  }

  /** One name does for both, so that a message of the library can be told in the shell's words. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("builders")
  void eachOptionOfTheLibraryHasTheNameOfTheCommandLine(Class<?> builder, Object options) {
    CommandSpec command = new CommandLine(options).getCommandSpec();
    List<String> names =
        Arrays.stream(builder.getMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getParameterCount() == 1)
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .distinct()
            .filter(name -> !OF_JAVA.contains(name) && !name.startsWith("teacherForcing"))
            .sorted()
            .toList();
    for (String name : names) {
      assertNotNull(
          command.findOption(OptionNames.option(name)),
          name + " of " + builder.getName() + " is no option " + OptionNames.option(name));
    }
  }

  /** Only networks that read their own output are told of it. */
  @Test
  void teacherForcingIsAnOptionOfPairs() {
    CommandSpec command = new CommandLine(new TrainPairsOptions()).getCommandSpec();
    assertNotNull(command.findOption(OptionNames.option("teacherForcing")));
    assertNotNull(command.findOption(OptionNames.option("teacherForcingDecay")));
  }

  @Test
  void aMessageOfTheLibraryNamesTheOptionsOfTheCommand() {
    CommandSpec command = new CommandLine(new ForecastSeriesOptions()).getCommandSpec();
    assertEquals(
        "Clip the gradients (--clip-norm 1.0); --validation-split must be in (0, 1), but is 2.0;"
            + " stopAt stays.",
        OptionNames.inMessage(
            "Clip the gradients (clipNorm(1.0)); validationSplit must be in (0, 1), but is 2.0;"
                + " stopAt stays.",
            command));
    assertEquals("maxInputLength", OptionNames.inMessage("maxInputLength", command));
    assertEquals("$1 \\ a.csv", OptionNames.inMessage("$1 \\ a.csv", command));
  }
}
