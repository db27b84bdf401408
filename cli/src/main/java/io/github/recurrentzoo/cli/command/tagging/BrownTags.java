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

/** Parts of speech in the Brown corpus. */
final class BrownTags implements BenchmarkData<SequenceTagging.Builder, SequenceTagger> {
  private static final double VALIDATION_FRACTION = 0.05;

  private final TaggedParts parts;

  BrownTags(long seed) {
    parts = TrainTagger.brown(seed);
  }

  @Override
  public String title() {
    return "tagging, parts of speech in the Brown corpus";
  }

  @Override
  public String shortTitle() {
    return "Brown";
  }

  @Override
  public PipelineType<SequenceTagger> type() {
    return SequenceTagger.TYPE;
  }

  @Override
  public SequenceTagging.Builder network() {
    return SequenceTagging.builder().englishVectors(true);
  }

  @Override
  public SequenceTagging.Builder sized(SequenceTagging.Builder network) {
    Set<String> labels =
        parts.training().stream()
            .map(TaggedText::labels)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    return network.labels(labels.size()).vectorSize(EmbeddingSource.english().dimension());
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
    return "accuracy";
  }

  @Override
  public double score(SequenceTagger model) {
    return model.evaluate(parts.test()).accuracy();
  }

  @Override
  public List<Metric> metrics(SequenceTagger model) {
    TaggingReport report = model.evaluate(parts.test(), WordBaseline.train(parts.training()));
    TaggingReport baseline = report.baseline().orElseThrow();
    return List.of(
        new Metric(measure(), report.accuracy()),
        new Metric("accuracy on unseen words", report.unseenAccuracy()),
        new Metric("accuracy of the baseline", baseline.accuracy()),
        new Metric("baseline on unseen words", baseline.unseenAccuracy()));
  }
}
