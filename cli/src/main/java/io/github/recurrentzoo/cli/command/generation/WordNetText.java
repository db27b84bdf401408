package io.github.recurrentzoo.cli.command.generation;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.zoo.generation.GenerationReport;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.text.CharacterVocabulary;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.io.PrintStream;
import java.util.List;

/** WordNet's definitions, in characters or words. */
final class WordNetText implements BenchmarkData<TextGeneration.Builder, TextGenerator> {

  private final GenerateText.Split split;
  private final TextUnit unit;
  private final int characters;

  WordNetText(long seed, TextUnit unit) {
    this.unit = unit;
    split = GenerateText.Split.ofDefinitions(seed, new PrintStream(PrintStream.nullOutputStream()));
    int most = network().build().vocabularySize();
    characters = CharacterVocabulary.of(split.allButTest(), most).size();
  }

  @Override
  public String title() {
    return unit == TextUnit.WORDS
        ? "text generation, WordNet's definitions in words"
        : "text generation, WordNet's definitions";
  }

  @Override
  public String shortTitle() {
    return unit == TextUnit.WORDS ? "WordNet, words" : "WordNet";
  }

  @Override
  public PipelineType<TextGenerator> type() {
    return TextGenerator.TYPE;
  }

  @Override
  public TextGeneration.Builder network() {
    return TextGeneration.builder().unit(unit);
  }

  @Override
  public TextGeneration.Builder sized(TextGeneration.Builder network) {
    return unit == TextUnit.WORDS ? network : network.vocabularySize(characters);
  }

  @Override
  public double validationSplit() {
    return GenerateText.VALIDATION_FRACTION;
  }

  @Override
  public TextGenerator train(
      TextGeneration.Builder network, TrainingOptions training, TrainingRun run) {
    return TextGenerator.train(split.documents(), network.build(), training, run);
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
  public double score(TextGenerator model) {
    return model.evaluate(split.test()).bitsPerCharacter();
  }

  @Override
  public List<Metric> metrics(TextGenerator model) {
    GenerationReport report = GenerateText.evaluate(model, split);
    return List.of(
        new Metric(measure(), report.bitsPerCharacter()),
        new Metric(
            "bits per character of %d-grams".formatted(report.order()),
            report.baselineBitsPerCharacter()));
  }
}
