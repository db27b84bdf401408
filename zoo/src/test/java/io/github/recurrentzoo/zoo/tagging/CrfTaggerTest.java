package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.layers.CrfOutputLayer;
import io.github.recurrentzoo.layers.LinearChainCrf;
import io.github.recurrentzoo.layers.step.TrainingStep;
import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Taggers with a CRF above the recurrent layers. */
class CrfTaggerTest {
  @TempDir Path folder;

  private static SequenceTagging.Builder small() {
    return SequenceTagging.builder()
        .crf(true)
        .embeddingSize(8)
        .hiddenSize(12)
        .affixSize(8)
        .affixBuckets(512)
        .seed(Learning.seed())
        .updater(new Adam(0.01));
  }

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder().epochs(epochs).batchSize(16).seed(Learning.seed()).build();
  }

  /** Where the words tell nothing: x has one of two labels, and they take turns. */
  private static List<TaggedText> turns(int count, long seed) {
    Random random = new Random(seed);
    List<TaggedText> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 2 + random.nextInt(6);
      boolean first = random.nextBoolean();
      List<String> words = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      for (int t = 0; t < length; t++) {
        words.add("x");
        labels.add(first == (t % 2 == 0) ? "A" : "B");
      }
      rows.add(new TaggedText(words, labels));
    }
    return rows;
  }

  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void learnsWithEachRecurrence(Recurrence recurrence) {
    SequenceTagger tagger =
        SequenceTagger.train(
            TagData.grammar(300, 1), small().recurrence(recurrence).build(), training(8));
    if (recurrence != Recurrence.PEEPHOLE_LSTM) { // which has no kernel
      assertEquals(Optional.empty(), TrainingStep.obstacle(tagger.network()));
    }
    TaggingReport report = tagger.evaluate(TagData.grammar(200, 2));
    Learning.assertAtLeast("accuracy of " + recurrence, report.accuracy(), 0.95, "1.000");
    Learning.assertAtLeast("unseen words of " + recurrence, report.unseenAccuracy(), 0.93, "1.000");
  }

  /** A softmax at each word can at best guess; a CRF answers labels that fit each other. */
  @Tag("learning")
  @Test
  void labelsFitEachOther() {
    SequenceTagger tagger = SequenceTagger.train(turns(300, 1), small().build(), training(15));
    for (int length = 2; length <= 8; length++) {
      List<TaggedWord> words = tagger.tagWords(Collections.nCopies(length, "x"));
      for (int t = 1; t < length; t++) {
        assertTrue(!words.get(t).label().equals(words.get(t - 1).label()), words.toString());
      }
      Learning.assertBelow(
          "probability of one of two rows", words.get(0).probability(), 0.8, "0.5");
    }
  }

  @Test
  void aSavedTaggerAnswersAsBefore() throws Exception {
    SequenceTagger tagger =
        SequenceTagger.train(TagData.grammar(60, 1), small().build(), training(2));
    Path file = folder.resolve("tagger.zip");
    tagger.save(file);
    SequenceTagger loaded = SequenceTagger.load(file);
    List<List<String>> sentences = TagData.grammar(20, 3).stream().map(TaggedText::words).toList();
    assertEquals(tagger.tagSentences(sentences), loaded.tagSentences(sentences));
    assertEquals(true, loaded.info().option("crf"));
    for (List<TaggedWord> sentence : loaded.tagSentences(sentences)) {
      sentence.forEach(
          word -> assertTrue(word.probability() > 0 && word.probability() <= 1, word.toString()));
    }
  }

  /** Pieces of a long sentence, read with context, are decoded piece by piece. */
  @Test
  void sentencesLongerThanWhatIsReadAtOnce() {
    SequenceTagger tagger =
        SequenceTagger.train(turns(60, 1), small().maxLength(10).build(), training(2));
    assertEquals(137, tagger.tagWords(Collections.nCopies(137, "x")).size());
  }

  @Test
  void fineTuningKeepsTheTransitionsOfKeptLabels() {
    SequenceTagger model =
        SequenceTagger.train(TagData.grammar(100, 1), small().build(), training(3));
    List<TaggedText> rows = new ArrayList<>(); // without P, with A first
    for (TaggedText row : TagData.grammar(40, 8)) {
      rows.add(
          new TaggedText(
              row.words(), row.labels().stream().map(l -> l.equals("P") ? "A" : l).toList()));
    }
    SequenceTagger tuned =
        model.fineTune(
            rows, FineTuneOptions.builder().learningRate(1e-12).training(training(1)).build());
    LinearChainCrf before = crf(model);
    LinearChainCrf after = crf(tuned);
    assertEquals(List.of("A", "N", "V"), tuned.labels());
    assertEquals(before.transitions()[0][2], after.transitions()[1][2], 1e-6); // N V
    assertEquals(before.transitions()[2][0], after.transitions()[2][1], 1e-6); // V N
    assertEquals(before.start()[2], after.start()[2], 1e-6);
    assertArrayEquals(new double[3], after.transitions()[0], 1e-6); // A is new
    assertTrue(Math.abs(before.transitions()[0][2]) > 1e-3, "has learned");
  }

  private static LinearChainCrf crf(SequenceTagger tagger) {
    ComputationGraph network = tagger.network();
    return LinearChainCrf.of(network.getLayer(SequenceTagging.LABELS));
  }

  /** What is exported gives the labels of the tagger: scores, and transitions as JSON. */
  @Test
  void theExportHasTheTransitions() throws Exception {
    SequenceTagger tagger =
        SequenceTagger.train(TagData.grammar(60, 1), small().build(), training(2));
    tagger.exportOnnx(folder);
    JsonNode json =
        new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("pipeline.json")));
    double[][] transitions = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        transitions[i][j] = json.path("transitions").path(i).path(j).asDouble();
      }
      assertEquals(crf(tagger).start()[i], json.path("start").path(i).asDouble());
      assertEquals(crf(tagger).end()[i], json.path("end").path(i).asDouble());
      assertArrayEquals(crf(tagger).transitions()[i], transitions[i]);
    }
    INDArray own =
        tagger.network().getLayer(SequenceTagging.LABELS).getParam(CrfOutputLayer.TRANSITIONS);
    assertEquals(own.getDouble(0, 2), transitions[0][2]);
  }
}
