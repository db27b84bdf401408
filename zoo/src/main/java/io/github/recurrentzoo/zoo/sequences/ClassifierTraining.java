package io.github.recurrentzoo.zoo.sequences;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Networks;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.training.FineTuneMapping;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.FineTuneOrigin;
import io.github.recurrentzoo.zoo.training.Freeze;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TunedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The trainings of a {@link SequenceClassifier}: from nothing, further, and on other labels. */
final class ClassifierTraining {
  private static final String WHO = "a classifier of sequences";

  private final SequenceClassifier classifier;
  private final ComputationGraph network;
  private final SequenceEncoder encoder;
  private final List<String> labels;

  /**
   * For the trainings that begin with a classifier.
   *
   * @param network its own one, which stays as it is
   */
  ClassifierTraining(
      SequenceClassifier classifier, ComputationGraph network, SequenceEncoder encoder) {
    this.classifier = classifier;
    this.network = network;
    this.encoder = encoder;
    this.labels = classifier.labels();
  }

  /**
   * See {@link SequenceClassifier#train(List, List, SequenceClassification, TrainingOptions,
   * TrainingRun)}.
   */
  static SequenceClassifier train(
      SequenceRows rows,
      SequenceClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    SequenceEncoder encoder =
        SequenceEncoder.fit(rows.training(), architecture.missing() || rows.hasMissing());
    List<String> labels = rows.labels();
    SequenceClassification entry =
        architecture.toBuilder()
            .channels(encoder.channels())
            .missing(encoder.missing())
            .classes(labels.size())
            .build();
    return trained(
        entry.init(), encoder, labels, rows, entry, entry.describe(), training, null, run);
  }

  /** See {@link SequenceClassifier#trainOn(List, TrainingOptions, TrainingRun)}. */
  SequenceClassifier further(
      List<LabeledSequence> rows, TrainingOptions training, TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing(WHO);
    return trained(
        classifier.network(),
        encoder,
        labels,
        SequenceRows.drawn(rows, training),
        entry(),
        classifier.info().architecture(),
        training,
        new FineTuneOrigin(classifier.provenance(), null, null),
        run);
  }

  /** See {@link SequenceClassifier#fineTune(List, List, FineTuneOptions, TrainingRun)}. */
  SequenceClassifier fineTune(SequenceRows rows, FineTuneOptions options, TrainingRun run) {
    NativeThreads.useOne();
    TrainingOptions training = options.training();
    training.refuseTeacherForcing(WHO);
    if (options.freeze() == Freeze.EMBEDDING) {
      throw new IllegalArgumentException(
          "freeze is EMBEDDING, but a sequence classifier has no embedding; freeze NOTHING or ALL_BUT_HEAD");
    }
    List<String> newLabels = rows.labels();
    FineTuneMapping mapping =
        new FineTuneMapping(
            List.of(FineTuneMapping.Names.of("labels", labels, newLabels)), List.of());
    TunedNetwork tuned = new TunedNetwork(network, options, SequenceClassification.OUTPUT);
    tuned.outputs(newLabels.size()).newHead();
    ComputationGraph copy = tuned.start();
    copyHead(copy, newLabels);
    Map<String, Object> architecture = tuned.describe(classifier.info().architecture());
    architecture.put("classes", newLabels.size());
    SequenceClassifier result =
        trained(
            copy,
            encoder,
            newLabels,
            rows,
            entry(),
            architecture,
            training,
            new FineTuneOrigin(classifier.provenance(), options, mapping),
            run);
    tuned.finish();
    return result;
  }

  /** The labels that both networks know keep their weights. */
  private void copyHead(ComputationGraph other, List<String> newLabels) {
    for (String name : List.of("W", "b")) {
      String head = SequenceClassification.OUTPUT;
      INDArray from = Networks.matrix(network.getLayer(head).getParam(name));
      INDArray to = Networks.matrix(other.getLayer(head).getParam(name));
      for (int c = 0; c < newLabels.size(); c++) {
        int old = labels.indexOf(newLabels.get(c));
        if (old >= 0) {
          to.get(NDArrayIndex.all(), NDArrayIndex.interval(c, c + 1))
              .assign(from.get(NDArrayIndex.all(), NDArrayIndex.interval(old, old + 1)));
        }
      }
    }
  }

  /** An entry with what trainings read of the options beside the network. */
  private SequenceClassification entry() {
    return SequenceClassification.builder()
        .channels(encoder.channels())
        .missing(encoder.missing())
        .filters(classifier.info().integer("filters"))
        .filterWidth(classifier.info().integer("filterWidth"))
        .stride(classifier.info().integer("stride"))
        .jitter(number("jitter", 0))
        .scaling(number("scaling", 0))
        .window(number("window", 1))
        .build();
  }

  private double number(String option, double otherwise) {
    return classifier.info().option(option) instanceof Number number
        ? number.doubleValue()
        : otherwise;
  }

  private static SequenceClassifier trained(
      ComputationGraph network,
      SequenceEncoder encoder,
      List<String> labels,
      SequenceRows rows,
      SequenceClassification entry,
      Map<String, Object> architecture,
      TrainingOptions training,
      FineTuneOrigin origin,
      TrainingRun run) {
    SequenceTask task =
        new SequenceTask(
            encoded(rows.training(), encoder, labels),
            encoded(rows.validation(), encoder, labels),
            labels.size(),
            training.batchSize(rows.training().size()),
            entry.frames(),
            entry.augmentation());
    return new Training(
            SequenceClassification.TASK,
            network,
            architecture,
            training,
            rows.all().size(),
            rows.digest(),
            origin)
        .dependsOnGiven("validation rows", rows.isGiven() ? rows.validation().size() : null)
        .dependsOnGiven("groups", rows.groups())
        .run(
            task,
            run,
            info -> new SequenceClassifier(network, encoder, entry.frames(), labels, info));
  }

  private static SequenceTask.Rows encoded(
      List<LabeledSequence> rows, SequenceEncoder encoder, List<String> labels) {
    return new SequenceTask.Rows(encoder.encode(rows), classes(rows, labels));
  }

  /** The index of each row's label. */
  static List<Integer> classes(List<LabeledSequence> rows, List<String> labels) {
    Map<String, Integer> indices = new HashMap<>();
    labels.forEach(label -> indices.put(label, indices.size()));
    List<Integer> classes = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      LabeledSequence row = rows.get(i);
      Integer index = indices.get(row.label());
      if (index == null) {
        throw new DataException(
            "Sequence %d%s has the label \"%s\", which the classifier has never seen; it knows %s. Correct the label, remove the sequence, or train with sequences of this label."
                .formatted(i + 1, LabeledSequence.quoted(row.id()), row.label(), labels));
      }
      classes.add(index);
    }
    return classes;
  }
}
