package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The whole network's gradients against numeric ones, with rows of several lengths. */
class SequenceTaggingGradientTest {

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloatAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void gradientsAreRight(Recurrence recurrence) {
    check(recurrence, false);
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void gradientsBelowACrfAreRight(Recurrence recurrence) {
    check(recurrence, true);
  }

  private static void check(Recurrence recurrence, boolean crf) {
    boolean affixes = recurrence == Recurrence.LSTM && !crf; // once: each table takes its time
    int vectorSize = 3;
    ComputationGraph network =
        SequenceTagging.builder()
            .recurrence(recurrence)
            .crf(crf)
            .vocabularySize(6)
            .labels(3)
            .embeddingSize(2)
            .affixes(affixes)
            .affixSize(2)
            .affixBuckets(4)
            .vectorSize(vectorSize)
            .hiddenSize(3)
            .clipNorm(0)
            .l2(0.01)
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .build()
            .init();
    MultiDataSet data = TagData.dataSet(6, 4, 3, 4, 1, 3);
    int ids = affixes ? data.getFeatures().length : 1;
    INDArray[] inputs = Arrays.copyOf(data.getFeatures(), ids + 1);
    INDArray[] masks = Arrays.copyOf(data.getFeaturesMaskArrays(), inputs.length);
    INDArray vectors = Nd4j.zeros(DataType.DOUBLE, 3, vectorSize, 4);
    Random random = new Random(3);
    for (long i = 0; i < vectors.length(); i++) {
      vectors.putScalar(i, random.nextGaussian());
    }
    inputs[inputs.length - 1] = vectors;
    masks[masks.length - 1] = masks[0];
    assertTrue(
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(network)
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .subset(true)
                .maxPerParam(1)
                .print(PrintMode.FAILURES_ONLY)
                .inputs(inputs)
                .labels(data.getLabels())
                .inputMask(masks)
                .labelMask(data.getLabelsMaskArrays())),
        "a gradient differs from the numeric one; the log says which");
  }
}
