package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.cli.command.BenchmarkData;
import io.github.recurrentzoo.datasets.ControlCharts;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.pipeline.PipelineType;
import io.github.recurrentzoo.zoo.sequences.NearestNeighbor;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequenceReport;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.List;

/**
 * Control charts: 300 to learn from, 1,200 others to measure on.
 *
 * @param parts both
 */
record ChartBenchmark(SequenceParts parts)
    implements BenchmarkData<SequenceClassification.Builder, SequenceClassifier> {

  static ChartBenchmark of(long seed) {
    return new ChartBenchmark(SequenceParts.charts(seed));
  }

  @Override
  public String title() {
    return "sequence classification, control charts";
  }

  @Override
  public String shortTitle() {
    return "control charts";
  }

  @Override
  public PipelineType<SequenceClassifier> type() {
    return SequenceClassifier.TYPE;
  }

  @Override
  public SequenceClassification.Builder network() {
    return SequenceClassification.builder();
  }

  @Override
  public SequenceClassification.Builder sized(SequenceClassification.Builder network) {
    return network.channels(1).classes(ControlCharts.labels().size());
  }

  @Override
  public SequenceClassifier train(
      SequenceClassification.Builder network, TrainingOptions training, TrainingRun run) {
    return parts.train(network.build(), training, run);
  }

  @Override
  public String measure() {
    return "accuracy";
  }

  @Override
  public double score(SequenceClassifier model) {
    return model.evaluate(parts.test()).accuracy();
  }

  @Override
  public double chance() {
    return 1.0 / ControlCharts.labels().size();
  }

  @Override
  public List<Metric> metrics(SequenceClassifier model) {
    SequenceReport report = model.evaluate(parts.test(), NearestNeighbor.train(parts.training()));
    return List.of(
        new Metric("accuracy", report.accuracy()),
        new Metric("macro F1", report.macroF1()),
        new Metric("accuracy of the baseline", report.baseline().orElseThrow().accuracy()));
  }
}
