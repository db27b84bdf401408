package io.github.recurrentzoo.zoo.classification;

import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.pipeline.DistributedRows;
import io.github.recurrentzoo.zoo.pipeline.Training;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.TextUnit;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.training.TrainingTask;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a {@link TextClassifier} on rows that lie on several machines. */
public final class DistributedTexts {
  /** How many labels rows on several machines may have; more are the wrong column. */
  private static final int MOST_LABELS = 10_000;

  private DistributedTexts() {}

  /**
   * Trains a new network.
   *
   * @param architecture as for {@link TextClassifier#train(List, TextClassification,
   *     TrainingOptions)}, without evidence and embeddings
   * @throws DataException if the rows cannot be learned from
   * @throws IllegalArgumentException if the architecture has evidence or embeddings
   */
  public static TextClassifier train(
      DistributedRows<LabeledText> rows,
      TextClassification architecture,
      TrainingOptions training,
      TrainingRun run) {
    NativeThreads.useOne();
    training.refuseTeacherForcing("a text classifier");
    if (architecture.evidence() != Evidence.NONE || architecture.embeddings().isPresent()) {
      throw new IllegalArgumentException(
          "Rows on several machines are learned from without evidence and embeddings, which are"
              + " made of all rows on one machine; leave them out");
    }
    List<String> labels = labelsOf(rows);
    TextUnit unit = architecture.unit();
    Vocabulary words =
        Vocabulary.ofCounts(
            rows.counts(row -> unit.cut(row.text()), architecture.vocabularySize()),
            architecture.vocabularySize(),
            architecture.minCount());
    if (words.words().isEmpty()) {
      throw ClassifierTraining.noWords(rows.training());
    }
    TextEncoder encoder = new TextEncoder(unit, words, architecture.maxLength(), null);
    TextClassification entry =
        architecture.toBuilder().vocabularySize(words.size()).classes(labels.size()).build();
    ComputationGraph network = entry.init();
    TokenRows validation = encoder.rows(rows.validation(), labels);
    int batchSize = training.batchSize(rows.training());
    Training distributed =
        new Training(
            TextClassification.TASK,
            network,
            entry.describe(),
            training,
            (int) Math.min(rows.size(), Integer.MAX_VALUE),
            rows.digest(),
            null);
    rows.settings().forEach(distributed::dependsOn);
    return distributed.run(
        rows.task(
            new Worker(encoder, labels, batchSize, entry.labelSmoothing()),
            new ClassificationTask(
                ClassificationTask.equally(labels.size()),
                TokenRows.NONE,
                validation,
                batchSize,
                entry.labelSmoothing())),
        run,
        info ->
            new TextClassifier(
                network,
                encoder,
                labels,
                ClassifierTraining.calibration(network, validation),
                null,
                info));
  }

  private static List<String> labelsOf(DistributedRows<LabeledText> rows) {
    TreeSet<String> labels =
        new TreeSet<>(rows.counts(row -> List.of(row.label()), MOST_LABELS + 1).keySet());
    if (labels.size() < 2 || labels.size() > MOST_LABELS) {
      throw new DataException(
          "The %d rows to learn from have %s; expected two at least and %d at most. Check that the right column was taken for the labels."
              .formatted(
                  rows.training(),
                  labels.size() < 2 ? "the labels " + labels : "more labels than that",
                  MOST_LABELS));
    }
    return List.copyOf(labels);
  }

  /** Trains where the rows are: of each row its class and its ids are kept. */
  private static final class Worker implements DistributedRows.Worker<LabeledText, int[]> {
    private static final long serialVersionUID = 1;

    private final TextUnit unit;
    private final String[] words;
    private final int maxLength;
    private final String[] labels;
    private final int batchSize;
    private final double labelSmoothing;
    private transient volatile TextEncoder encoder;

    Worker(TextEncoder encoder, List<String> labels, int batchSize, double labelSmoothing) {
      unit = encoder.unit();
      words = encoder.vocabulary().words().toArray(String[]::new);
      maxLength = encoder.maxLength();
      this.labels = labels.toArray(String[]::new);
      this.batchSize = batchSize;
      this.labelSmoothing = labelSmoothing;
    }

    private TextEncoder encoder() {
      TextEncoder made = encoder;
      if (made == null) { // here, or in another process
        made = new TextEncoder(unit, Vocabulary.ofWords(List.of(words)), maxLength, null);
        encoder = made;
      }
      return made;
    }

    @Override
    public int[] encode(LabeledText row) {
      int[] ids = encoder().ids(row.text());
      int[] encoded = new int[ids.length + 1];
      encoded[0] = Arrays.binarySearch(labels, row.label());
      System.arraycopy(ids, 0, encoded, 1, ids.length);
      return encoded;
    }

    @Override
    public int batchSize() {
      return batchSize;
    }

    @Override
    public TrainingTask task(List<int[]> rows, int size) {
      List<int[]> ids = rows.stream().map(row -> Arrays.copyOfRange(row, 1, row.length)).toList();
      return new ClassificationTask(
          ClassificationTask.equally(labels.length),
          new TokenRows(TextInputs.of(ids), rows.stream().mapToInt(row -> row[0]).toArray()),
          TokenRows.NONE,
          size,
          labelSmoothing);
    }
  }
}
