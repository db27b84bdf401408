package io.github.recurrentzoo.cli.command.tagging;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.tagging.SequenceTagger;
import io.github.recurrentzoo.zoo.tagging.SequenceTagging;
import io.github.recurrentzoo.zoo.tagging.TaggedText;
import io.github.recurrentzoo.zoo.tagging.TaggingReport;
import io.github.recurrentzoo.zoo.tagging.WordBaseline;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Parts of speech in the Brown corpus, or syllables and stress in the pronunciation lexicon. */
final class TagBenchmark implements BenchmarkData<SequenceTagging.Builder, SequenceTagger> {
  private static final double VALIDATION_FRACTION = 0.05;

  private final String what;
  private final String shortTitle;
  private final boolean words; // whether rows are sentences of words, and not words of phones
  private final TaggedParts parts;

  private TagBenchmark(String what, String shortTitle, boolean words, TaggedParts parts) {
    this.what = what;
    this.shortTitle = shortTitle;
    this.words = words;
    this.parts = parts;
  }

  static TagBenchmark brown(long seed) {
    return new TagBenchmark(
        "parts of speech in the Brown corpus", "Brown", true, TaggedParts.brown(seed));
  }

  static TagBenchmark syllables(long seed) {
    return new TagBenchmark(
        "syllables and stress of English words", "syllables", false, TaggedParts.syllables(seed));
  }

  @Override
  public String title() {
    return "tagging, " + what;
  }

  @Override
  public String shortTitle() {
    return shortTitle;
  }

  @Override
  public PipelineType<SequenceTagger> type() {
    return SequenceTagger.TYPE;
  }

  @Override
  public SequenceTagging.Builder network() {
    return SequenceTagging.builder().englishVectors(words).affixes(words).minCount(words ? 2 : 1);
  }

  @Override
  public SequenceTagging.Builder sized(SequenceTagging.Builder network) {
    Set<String> labels =
        parts.training().stream()
            .map(TaggedText::labels)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    network.labels(labels.size());
    return words ? network.vectorSize(EmbeddingSource.english().dimension()) : network;
  }

  @Override
  public double validationSplit() {
    return VALIDATION_FRACTION;
  }

  @Override
  public SequenceTagger train(
      SequenceTagging.Builder network, TrainingOptions training, TrainingRun run) {
    return parts.train(network.build(), training, run);
  }

  @Override
  public String measure() {
    return words ? "accuracy" : "words without a mistake";
  }

  @Override
  public double score(SequenceTagger model) {
    return measured(model.evaluate(parts.test()));
  }

  private double measured(TaggingReport report) {
    return words ? report.accuracy() : report.sentenceAccuracy();
  }

  @Override
  public List<Metric> metrics(SequenceTagger model) {
    TaggingReport report = model.evaluate(parts.test(), WordBaseline.train(parts.training()));
    TaggingReport baseline = report.baseline().orElseThrow();
    Metric first = new Metric(measure(), measured(report));
    return words
        ? List.of(
            first,
            new Metric("accuracy on unseen words", report.unseenAccuracy()),
            new Metric("accuracy of the baseline", baseline.accuracy()),
            new Metric("baseline on unseen words", baseline.unseenAccuracy()))
        : List.of(
            first,
            new Metric("accuracy of phones", report.accuracy()),
            new Metric("words of the baseline", baseline.sentenceAccuracy()));
  }
}
