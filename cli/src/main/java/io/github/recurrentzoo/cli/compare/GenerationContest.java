package io.github.recurrentzoo.cli.compare;

import io.github.recurrentzoo.cli.command.generation.GenerateText;
import io.github.recurrentzoo.cli.command.generation.GenerateTextOptions;
import io.github.recurrentzoo.cli.compare.Comparison.Outcome;
import io.github.recurrentzoo.cli.console.CommandLineProgram;
import io.github.recurrentzoo.zoo.generation.CharacterNGrams;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The characters of WordNet's definitions. */
final class GenerationContest extends PipelineContest<TextGeneration.Builder> {

  private final GenerateText.Split split;
  private final int characters;

  GenerationContest(CompareArchitecturesOptions options) {
    super(options);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    this.split = GenerateText.Split.ofDefinitions(options.training.seed, nowhere);
    this.characters =
        CharacterVocabulary.of(
                split.allButTest(),
                CommandLineProgram.parsed(new GenerateTextOptions()).vocabularySize)
            .size();
  }

  @Override
  public String title() {
    return "text generation, WordNet's definitions";
  }

  @Override
  public String shortTitle() {
    return "WordNet";
  }

  @Override
  public String measure() {
    return "bits per character";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  double validationSplit() {
    return GenerateText.VALIDATION_FRACTION;
  }

  @Override
  TextGeneration.Builder entry() {
    return CommandLineProgram.parsed(new GenerateTextOptions())
        .architecture()
        .vocabularySize(characters);
  }

  @Override
  Outcome train(TextGeneration.Builder entry, TrainingOptions training) {
    TextGenerator generator =
        TextGenerator.train(split.documents().orElseThrow(), entry.build(), training);
    CharacterNGrams notCompared = CharacterNGrams.of(split.allButTest(), generator.vocabulary(), 1);
    return new Outcome(
        generator.evaluate(split.test(), notCompared).bitsPerCharacter(),
        generator.provenance().validationLoss(),
        generator.parameters());
  }
}
