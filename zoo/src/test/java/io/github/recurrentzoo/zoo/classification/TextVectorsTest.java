package io.github.recurrentzoo.zoo.classification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.FusedKernels;
import io.github.recurrentzoo.zoo.network.Pooling;
import io.github.recurrentzoo.zoo.text.EmbeddingSource;
import io.github.recurrentzoo.zoo.text.Evidence;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Vectors of a file: words that are alike have vectors that are. */
class TextVectorsTest {
  @TempDir Path folder;
  private EmbeddingSource source;

  @BeforeEach
  void vectors() throws IOException {
    source =
        EmbeddingSource.of(
            Files.writeString(
                folder.resolve("vectors.txt"),
                """
                cat 1 0 0
                dog 0.9 0.1 0
                cow 1 0.1 0
                hammer 0 1 0
                saw 0.1 0.9 0
                do 0 0 1
                not 1 0 1
                nail 0 1 0.1
                """));
  }

  private TextClassifier trained(Evidence evidence) {
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(new LabeledText(i % 4 < 2 ? "the cat" : "the dog zebra", "animal"));
      rows.add(new LabeledText(i % 4 < 2 ? "the hammer" : "the saw", "tool"));
    }
    return TextClassifier.train(
        rows,
        TextClassification.builder()
            .embeddings(source)
            .pooling(Pooling.CONCAT)
            .evidence(evidence)
            .hiddenSize(6)
            .l2(1e-4)
            .updater(new Adam(0.02))
            .build(),
        TrainingOptions.builder().epochs(30).batchSize(16).build());
  }

  @Tag("learning")
  @Test
  void wordsOfNoRowAreKnownAndVectorsStay() {
    TextClassifier classifier = trained(Evidence.NONE);
    Path file = folder.resolve("model.zip");
    classifier.save(file);
    for (TextClassifier each : List.of(classifier, TextClassifier.load(file))) {
      assertEquals("animal", each.predict("the cow").label());
      assertEquals("tool", each.predict("the nail").label());
      assertEquals(0, each.predict("the nail").unknownWords());
      assertEquals(1, each.predict("the giraffe").unknownWords());
      INDArray rows = each.network().getLayer("embedding").getParam("W");
      Vocabulary words = each.vocabulary();
      assertArrayEquals(new float[] {1, 0.1f, 0}, row(rows, words.id("cow")), 1e-6f);
      assertArrayEquals(new float[] {0, 1, 0}, row(rows, words.id("hammer")), 1e-6f);
      assertArrayEquals(new float[3], row(rows, words.id("zebra")), 0);
      assertArrayEquals(new float[3], row(rows, Vocabulary.UNKNOWN), 0);
      assertEquals(words.size(), each.info().option("vocabularySize"));
      assertEquals("vectors.txt", each.info().option("embeddings"));
    }
  }

  private static float[] row(INDArray rows, int id) {
    return rows.getRow(id).toFloatVector();
  }

  /** The regression reads means of the vectors, which are in the network alone. */
  @ParameterizedTest
  @EnumSource(names = {"REGRESSION", "BOTH"})
  void evidenceReadsTheVectorsOfTheNetwork(Evidence kind) {
    TextClassifier classifier = trained(kind);
    Path file = folder.resolve("model.zip");
    classifier.save(file);
    TextClassifier loaded = TextClassifier.load(file);
    for (String text : List.of("a cow", "my nail", "the cow and the nail", "giraffe", "")) {
      assertEquals(classifier.predict(text), loaded.predict(text));
      assertEquals(classifier.explain(text), loaded.explain(text));
    }
    assertTrue(
        loaded.evaluate(List.of(new LabeledText("a cow", "animal"))).accuracy() == 1
            && loaded.evaluate(List.of(new LabeledText("a nail", "tool"))).accuracy() == 1);
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(names = {"NAIVE_BAYES", "REGRESSION", "BOTH"})
  void trainingGoesOnAndFineTuningTakesOtherLabels(Evidence evidence) {
    TextClassifier classifier = trained(evidence);
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(new LabeledText("the cow", "animal"));
      rows.add(new LabeledText("a nail", "tool"));
      rows.add(new LabeledText("a song", "music"));
    }
    TextClassifier tuned =
        classifier.fineTune(
            rows,
            FineTuneOptions.builder()
                .training(TrainingOptions.builder().epochs(30).batchSize(8).build())
                .learningRate(0.01)
                .build());
    assertEquals(List.of("animal", "music", "tool"), tuned.labels());
    assertEquals("music", tuned.predict("a song").label());
    assertEquals(classifier.vocabulary().words(), tuned.vocabulary().words());
    assertEquals(
        classifier.network().getLayer("embedding").getParam("W"),
        tuned.network().getLayer("embedding").getParam("W"));
    assertEquals("animal", tuned.predict("the cow").label());
    TextClassifier further =
        classifier.trainOn(
            rows.stream().filter(row -> !row.label().equals("music")).toList(),
            TrainingOptions.builder().epochs(30).build());
    assertEquals("tool", further.predict("a nail").label());
  }

  /** ND4J's NoOp would let the gradient through. */
  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void trainingLeavesThemAlone(String step) {
    System.setProperty(FusedKernels.STEP, step);
    try {
      ComputationGraph network =
          TextClassification.builder()
              .embeddings(source)
              .vocabularySize(20)
              .hiddenSize(4)
              .classes(3)
              .updater(new Adam(0.1))
              .build()
              .init();
      INDArray before = network.params().dup();
      INDArray vectors = network.getLayer("embedding").getParam("W");
      INDArray same = vectors.dup();
      INDArray ids = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
      INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}});
      for (int i = 0; i < 3; i++) {
        network.fit(new INDArray[] {ids}, new INDArray[] {labels});
      }
      assertEquals(same, vectors);
      assertNotEquals(before, network.params());
    } finally {
      System.clearProperty(FusedKernels.STEP);
    }
  }

  /** A layer with a rate of 0 above one that learns lets the gradient through. */
  @Test
  void aLayerThatStaysPassesGradientsOn() {
    INDArray[] trained = new INDArray[2];
    for (int i = 0; i < 2; i++) {
      System.setProperty(FusedKernels.STEP, i == 0 ? "on" : "off");
      try {
        ComputationGraph network =
            TextClassification.builder()
                .vocabularySize(20)
                .embeddingSize(3)
                .hiddenSize(4)
                .classes(3)
                .build()
                .init();
        ComputationGraphConfiguration configuration = network.getConfiguration().clone();
        ((BaseLayer)
                ((LayerVertex) configuration.getVertices().get("recurrent-1"))
                    .getLayerConf()
                    .getLayer())
            .setIUpdater(new Sgd(0));
        ComputationGraph copy = new ComputationGraph(configuration);
        copy.init(network.params().dup(), false);
        FusedKernels.attach(copy);
        copy.fit(
            new INDArray[] {Nd4j.createFromArray(new float[][] {{1, 2, 3}})},
            new INDArray[] {Nd4j.createFromArray(new float[][] {{1, 0, 0}})});
        trained[i] = copy.params().sub(network.params());
        assertTrue(copy.score() > 0.1, "score " + copy.score());
        INDArray moved = copy.getLayer("embedding").getParam("W");
        assertNotEquals(network.getLayer("embedding").getParam("W"), moved);
        assertEquals(
            network.getLayer("recurrent-1").getParam("W"),
            copy.getLayer("recurrent-1").getParam("W"));
      } finally {
        System.clearProperty(FusedKernels.STEP);
      }
    }
    assertEquals(0, trained[0].sub(trained[1]).amaxNumber().doubleValue(), 1e-5);
  }

  @Test
  void aContractionHasTheMeanOfItsParts() {
    TextVectors found =
        TextVectors.of(source, Vocabulary.ofWords(List.of("don't", "cat's", "x'y")), List.of());
    assertArrayEquals(new float[] {0.5f, 0, 1}, found.vectors().get("don't"), 1e-6f);
    assertArrayEquals(new float[] {1, 0, 0}, found.vectors().get("cat's"), 1e-6f);
    assertTrue(!found.vectors().containsKey("x'y"));
    assertEquals(List.of("don't", "cat's", "x'y"), found.inTraining().words());
    assertEquals(8 + 3, found.all().words().size());
  }

  @Test
  void theSizeOfTheEmbeddingIsTheirs() {
    TextClassification.Builder builder =
        TextClassification.builder().embeddings(source).embeddingSize(5);
    String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    assertTrue(message.contains("3 dimensions, but embeddingSize is 5"), message);
  }
}
