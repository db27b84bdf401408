package io.github.recurrentzoo.cli.command.sequences;

import io.github.recurrentzoo.datasets.ControlCharts;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.sequences.LabeledSequence;
import io.github.recurrentzoo.zoo.sequences.SequenceClassification;
import io.github.recurrentzoo.zoo.sequences.SequenceClassifier;
import io.github.recurrentzoo.zoo.sequences.SequenceSplit;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sequences to learn from, and those for the report.
 *
 * @param training those to learn from
 * @param validation sequences of the user's for validation
 * @param test those for the report
 * @param channels the names of the channels
 * @param columns that a model remembers
 */
record SequenceParts(
    List<LabeledSequence> training,
    Optional<List<LabeledSequence>> validation,
    List<LabeledSequence> test,
    List<String> channels,
    Map<String, String> columns) {
  private static final int LEARNED_CHARTS = 50; // of each class
  private static final int TEST_CHARTS = 200;
  private static final int ROWS_PER_LABEL = 3;
  private static final int LABELS_TO_SHOW = 5;

  /** Control charts: 300 to learn from, 1,200 others for the report. */
  static SequenceParts charts(long seed) {
    List<LabeledSequence> charts = ControlCharts.of(LEARNED_CHARTS + TEST_CHARTS, seed);
    int learned = LEARNED_CHARTS * ControlCharts.labels().size();
    return new SequenceParts(
        charts.subList(0, learned),
        Optional.empty(),
        charts.subList(learned, charts.size()),
        List.of("measurement"),
        Map.of());
  }

  /** Draws those for the report. */
  static SequenceParts drawn(
      List<LabeledSequence> rows,
      Optional<List<LabeledSequence>> validation,
      double fraction,
      long seed,
      String source,
      List<String> channels,
      Map<String, String> columns) {
    refuseRareLabels(rows, source, validation.isPresent() ? ROWS_PER_LABEL - 1 : ROWS_PER_LABEL);
    SequenceSplit split = SequenceSplit.split(rows, fraction, seed);
    return new SequenceParts(split.training(), validation, split.test(), channels, columns);
  }

  private static void refuseRareLabels(List<LabeledSequence> rows, String source, int needed) {
    Map<String, Long> counts =
        rows.stream()
            .collect(
                Collectors.groupingBy(LabeledSequence::label, TreeMap::new, Collectors.counting()));
    if (counts.size() == 1) {
      throw new DataException(
          "%s: all %d sequences have the label \"%s\"; a classifier needs at least two labels. Add sequences of another label, or name another column with --label-column."
              .formatted(source, rows.size(), rows.get(0).label()));
    }
    String rare =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() < needed)
            .limit(LABELS_TO_SHOW)
            .map(entry -> "\"%s\" (%d)".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    if (!rare.isEmpty()) {
      throw new DataException(
          "%s: each label needs at least %d sequences: one each for training, validation and test. Too few have %s. Add sequences, take these out, or name another column with --label-column."
              .formatted(source, needed, rare));
    }
  }

  /** All sequences to learn from when the figures are known. */
  SequenceParts all() {
    List<LabeledSequence> all =
        Stream.of(training, validation.orElse(List.of()), test).flatMap(List::stream).toList();
    return new SequenceParts(all, Optional.of(List.of()), test, channels, columns);
  }

  /** Whether values are missing anywhere, so that the network has to read which. */
  boolean hasMissing() {
    return Stream.of(training, validation.orElse(List.of()), test)
        .flatMap(List::stream)
        .flatMap(row -> Stream.of(row.channels()))
        .anyMatch(channel -> Arrays.stream(channel).anyMatch(Double::isNaN));
  }

  SequenceClassifier train(
      SequenceClassification network, TrainingOptions options, TrainingRun run) {
    return validation.isPresent()
        ? SequenceClassifier.train(training, validation.get(), network, options, run)
        : SequenceClassifier.train(training, network, options, run);
  }

  SequenceClassifier fineTune(SequenceClassifier model, FineTuneOptions options, TrainingRun run) {
    return validation.isPresent()
        ? model.fineTune(training, validation.get(), options, run)
        : model.fineTune(training, options, run);
  }
}
