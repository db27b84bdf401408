package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

/** What the labels of a tagger rest on. */
class TagExplanationTest {

  private static SequenceTagging.Builder small() {
    return SequenceTagging.builder()
        .embeddingSize(8)
        .hiddenSize(12)
        .affixSize(4)
        .affixBuckets(512)
        .seed(Learning.seed())
        .updater(new Adam(0.01));
  }

  private static SequenceTagger trained(SequenceTagging.Builder network, int epochs) {
    return SequenceTagger.train(
        TagData.grammar(200, 1),
        network.build(),
        TrainingOptions.builder().epochs(epochs).batchSize(16).seed(Learning.seed()).build());
  }

  /**
   * The contribution of a word is its vector times the slope, so a vector that is 1 + h times as
   * long changes the score by h times the contribution. Of a CRF the scores are what the network
   * gives.
   */
  @Test
  void aContributionIsTheSlopeOfTheScore() {
    SequenceTagger tagger = trained(small().crf(true).affixes(false), 2);
    List<String> sentence = List.of("to", "run", "to", "abc");
    TagExplanation found = tagger.explainWords(sentence);
    double step = 0.02;
    for (int t = 0; t < sentence.size(); t++) {
      int label = tagger.labels().indexOf(found.words().get(t).label());
      double more = score(tagger, "run", 1 + step, sentence, t, label);
      double less = score(tagger, "run", 1 - step, sentence, t, label);
      double expected = (more - less) / (2 * step);
      assertEquals(expected, found.contributions().get(t).get(1), 1e-3 + 0.01 * Math.abs(expected));
    }
  }

  /** The score of a label of word t, with the vector of a word multiplied. */
  private static double score(
      SequenceTagger tagger, String word, double factor, List<String> sentence, int t, int label) {
    ComputationGraph network = tagger.network();
    network
        .getLayer(SequenceTagging.EMBEDDING)
        .getParam("W")
        .getRow(tagger.vocabulary().id(word))
        .muli(factor);
    TagEncoder encoder = new TagEncoder(tagger.vocabulary(), 0, Optional.empty(), 200);
    TagBatch batch = TagBatch.of(encoder.toAsk(List.of(sentence)), new int[] {0}, 0);
    return network.output(false, batch.arrays(), batch.masks(), null)[0].getDouble(0, label, t);
  }

  /** The features of a word add up to what the word contributes to its own label. */
  @Test
  void featuresAddUp() {
    TagExplanation found = trained(small(), 2).explainWords(List.of("to", "zzzing", "Run"));
    for (int t = 0; t < 3; t++) {
      Map<String, Double> own = found.features().get(t);
      assertEquals(
          List.of("word", "prefix", "suffix-2", "suffix-3", "suffix-4", "shape"),
          List.copyOf(own.keySet()));
      double sum = own.values().stream().mapToDouble(Double::doubleValue).sum();
      assertEquals(found.contributions().get(t).get(t), sum, 1e-6);
    }
    assertTrue(found.known().get(0));
    assertFalse(found.known().get(1));
  }

  /** "run" is V behind "to" and N elsewhere: "to" speaks for V. */
  @Tag("learning")
  @Test
  void theWordThatDecidesContributesMost() {
    SequenceTagger tagger = trained(small(), 10);
    TagExplanation found = tagger.explain("Abcde to run").get(0);
    assertEquals("V", found.words().get(2).label());
    assertEquals(9, found.words().get(2).start());
    List<Double> ofRun = found.contributions().get(2);
    assertTrue(
        ofRun.get(1) > 0 && ofRun.get(1) > Math.abs(ofRun.get(0)),
        "\"to\" should speak for V: " + ofRun);
  }

  @Test
  void longAndEmptySentences() {
    SequenceTagger tagger = trained(small().maxLength(8), 1);
    TagExplanation found = tagger.explainWords(Collections.nCopies(30, "to"));
    assertEquals(30, found.contributions().size());
    assertEquals(30, found.contributions().get(7).size());
    assertEquals(0, found.contributions().get(0).get(29), "was not read together");
    assertTrue(found.contributions().get(0).get(1) != 0);
    assertEquals(0, tagger.explainWords(List.of()).words().size());
    assertEquals(List.of(), tagger.explain(" "));
    assertEquals(2, tagger.explain("To run. Abc ran.").size());
  }
}
