package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.ClassWeights;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.training.Minibatch;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Words of rare labels may count more. */
class TagWeightsTest {

  private static SequenceTagging.Builder small() {
    return SequenceTagging.builder()
        .embeddingSize(4)
        .hiddenSize(6)
        .affixes(false)
        .seed(Learning.seed())
        .updater(new Adam(0.02));
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder().epochs(epochs).batchSize(32).seed(Learning.seed()).build();
  }

  /** x is B one time in ten, and nothing tells when. */
  private static List<TaggedText> rare() {
    Random random = new Random(2);
    List<TaggedText> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<String> words = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      for (int t = 0; t < 1 + i % 4; t++) {
        words.add("x");
        labels.add(random.nextInt(10) == 0 ? "B" : "A");
      }
      rows.add(new TaggedText(words, labels));
    }
    return rows;
  }

  @Tag("learning")
  @Test
  void balancedLabelsAreAsProbable() {
    double[] ofB = new double[2];
    ClassWeights[] weights = {ClassWeights.NONE, ClassWeights.BALANCED};
    for (int i = 0; i < 2; i++) {
      SequenceTagger tagger =
          SequenceTagger.train(
              TaggedRows.of(rare()).weighted(weights[i]),
              small().build(),
              training(8),
              TrainingRun.SILENT);
      TaggedWord word = tagger.tagWords(List.of("x")).get(0);
      ofB[i] = word.label().equals("B") ? word.probability() : 1 - word.probability();
    }
    Learning.assertBelow("probability of B", ofB[0], 0.25, "0.1");
    Learning.assertAtLeast("balanced probability of B", ofB[1], 0.3, "0.5");
  }

  /** A step with weights is one with each word as many times, whoever computes it. */
  @Test
  void theGradientIsThatOfWordsThatComeSoOften() {
    INDArray plain = afterAStep(new double[] {1, 1}, "on");
    INDArray weighted = afterAStep(new double[] {1, 3}, "on");
    INDArray byDeeplearning4j = afterAStep(new double[] {1, 3}, "off");
    double effect = plain.sub(weighted).amaxNumber().doubleValue();
    assertTrue(effect > 1e-3, "weights change the step by " + effect);
    assertEquals(0, weighted.sub(byDeeplearning4j).amaxNumber().doubleValue(), 1e-5);
  }

  private static INDArray afterAStep(double[] weights, String kernels) {
    List<List<String>> sentences = List.of(List.of("x", "x", "x"), List.of("x"));
    TaggingTask.Rows rows =
        new TaggingTask.Rows(sentences, List.of(new int[] {0, 1, 0}, new int[] {1}));
    SequenceTagging entry =
        small().vocabularySize(3).labels(2).updater(new Sgd(0.1)).clipNorm(0).build();
    TagEncoder encoder =
        TagEncoder.of(entry, io.github.recurrentzoo.zoo.text.Vocabulary.ofWords(List.of("x")));
    System.setProperty("recurrentzoo.kernels", kernels.equals("on") ? "auto" : kernels);
    try {
      ComputationGraph network = entry.init();
      for (Minibatch batch :
          new TaggingTask(encoder, rows, rows, weights, 2).epoch(1, new Random(1))) {
        batch.train(network);
      }
      return network.params().dup();
    } finally {
      System.clearProperty("recurrentzoo.kernels");
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    TaggedRows rows = TaggedRows.of(TagData.grammar(20, 1));
    String crf =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    SequenceTagger.train(
                        rows.weighted(ClassWeights.BALANCED),
                        small().crf(true).build(),
                        training(1),
                        TrainingRun.SILENT))
            .getMessage();
    assertTrue(crf.contains("crf(true)"), crf);
    String label =
        assertThrows(
                DataException.class,
                () ->
                    SequenceTagger.train(
                        rows.weighted(ClassWeights.of(Map.of("X", 2.0))),
                        small().build(),
                        training(1),
                        TrainingRun.SILENT))
            .getMessage();
    assertTrue(label.contains("\"X\""), label);
  }
}
