package io.github.recurrentzoo.zoo.tagging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Learning;
import io.github.recurrentzoo.zoo.data.DataException;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.text.Vocabulary;
import io.github.recurrentzoo.zoo.training.FineTuneOptions;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.learning.config.Adam;

class SequenceTaggerTest {
  @TempDir Path folder;

  private static SequenceTagging.Builder small() {
    return SequenceTagging.builder()
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

  private static SequenceTagger made; // taggers do not change

  private static synchronized SequenceTagger tiny() {
    if (made == null) {
      made = SequenceTagger.train(TagData.grammar(60, 1), small().build(), training(2));
    }
    return made;
  }

  /** Endings, capitals and the word before are all that there is to learn from. */
  @Tag("learning")
  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void endingsCapitalsAndContextCount(Recurrence recurrence) {
    SequenceTagger tagger =
        SequenceTagger.train(
            TagData.grammar(300, 1), small().recurrence(recurrence).build(), training(8));
    TaggingReport report = tagger.evaluate(TagData.grammar(200, 2));
    Learning.assertAtLeast("accuracy of " + recurrence, report.accuracy(), 0.95, "1.000");
    assertTrue(report.unseen() > 300, "words of the test are new: " + report.unseen());
    Learning.assertAtLeast("unseen words of " + recurrence, report.unseenAccuracy(), 0.93, "1.000");
  }

  /** Without affixes a new word is any word, so that the two classes of new words are guessed. */
  @Tag("learning")
  @Test
  void withoutAffixesNewWordsAreGuessed() {
    SequenceTagger tagger =
        SequenceTagger.train(TagData.grammar(300, 1), small().affixes(false).build(), training(4));
    double accuracy = tagger.evaluate(TagData.grammar(200, 2)).unseenAccuracy();
    Learning.assertBelow("accuracy on new words", accuracy, 0.7, "0.5");
  }

  @Test
  void aSavedTaggerAnswersAsBefore() {
    SequenceTagger tagger = tiny();
    Path file = folder.resolve("tagger.zip");
    tagger.save(file);
    SequenceTagger loaded = SequenceTagger.load(file);
    String text = "Abcde to run, qwerting it.";
    assertEquals(tagger.tag(text), loaded.tag(text));
    assertEquals(
        tagger.evaluate(TagData.grammar(20, 3)).toMap(),
        loaded.evaluate(TagData.grammar(20, 3)).toMap(),
        "also which words training has seen");
  }

  @Test
  void answersSayWhereWordsStand() {
    String text = "Mr Abc said: \u201cto run!\u201d Then  he ran.";
    List<TaggedWord> words = tiny().tag(text);
    assertEquals(
        List.of(
            "Mr", "Abc", "said", ":", "\u201c", "to", "run", "!", "\u201d", "Then", "he", "ran",
            "."),
        words.stream().map(TaggedWord::word).toList());
    for (TaggedWord word : words) {
      assertEquals(word.word(), text.substring(word.start(), word.end()));
      assertTrue(word.probability() > 0 && word.probability() <= 1, word.toString());
    }
    assertEquals(List.of(), tiny().tag(" \n "));
  }

  @Test
  void wordsThatWereCutStandInATextWithBlanks() {
    List<TaggedWord> words = tiny().tagWords(List.of("to", "run", "qing"));
    assertEquals(List.of(0, 3, 7), words.stream().map(TaggedWord::start).toList());
    assertEquals(List.of(2, 6, 11), words.stream().map(TaggedWord::end).toList());
    assertEquals(List.of(), tiny().tagWords(List.of()));
    assertThrows(DataException.class, () -> tiny().tagWords(List.of("to", "")));
  }

  /** What is in the batch makes no difference: padding is masked. */
  @Test
  void aSentenceIsAnsweredAlikeAloneAndTogether() {
    SequenceTagger tagger = tiny();
    List<List<String>> sentences =
        List.of(
            List.of("Abcde"),
            List.of("to", "run", "qwing", "Zz", "run", "to", "run"),
            List.of("xing", "run"));
    List<List<TaggedWord>> together = tagger.tagSentences(sentences);
    for (int i = 0; i < sentences.size(); i++) {
      List<TaggedWord> alone = tagger.tagWords(sentences.get(i));
      for (int t = 0; t < alone.size(); t++) {
        assertEquals(alone.get(t).label(), together.get(i).get(t).label());
        assertEquals(alone.get(t).probability(), together.get(i).get(t).probability(), 1e-5);
      }
    }
  }

  /** Read in pieces, with context on both sides where it is cut. */
  @Test
  void sentencesOfTenThousandWords() {
    SequenceTagger tagger = tiny();
    List<String> words = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (TaggedText row : TagData.grammar(2_000, 5)) {
      words.addAll(row.words());
      labels.addAll(row.labels());
    }
    TaggedText longRow = new TaggedText(words.subList(0, 10_000), labels.subList(0, 10_000));
    List<TaggedWord> answers = tagger.tagWords(longRow.words());
    assertEquals(longRow.words(), answers.stream().map(TaggedWord::word).toList());
    assertFalse(answers.stream().anyMatch(word -> word.probability() == 0), "no word is left out");
    List<TaggedText> rows = new ArrayList<>(TagData.grammar(10, 1));
    rows.add(longRow);
    SequenceTagger.train(rows, small().build(), training(1)); // is learned from, too
    assertEquals(10_000, tagger.evaluate(List.of(longRow)).words());
  }

  @Test
  void piecesHoldEachWordOnce() {
    TagEncoder encoder =
        TagEncoder.of(
            SequenceTagging.builder().maxLength(20).build(), Vocabulary.ofWords(List.of("a")));
    for (int length : new int[] {1, 19, 20, 21, 40, 41, 95}) {
      List<List<String>> sentence = List.of(Collections.nCopies(length, "a"));
      for (List<TagEncoder.Piece> pieces :
          List.of(encoder.toLearn(sentence), encoder.toAsk(sentence))) {
        int[] answered = new int[length];
        for (TagEncoder.Piece piece : pieces) {
          assertTrue(piece.size() <= 20, "at most 20 words at once");
          for (int t = piece.answeredFrom(); t < piece.answeredTo(); t++) {
            answered[piece.from() + t]++;
          }
        }
        for (int count : answered) {
          assertEquals(1, count, "of " + length);
        }
      }
    }
  }

  @Test
  void fineTuningKeepsLabelsAndLearnsNewOnes() {
    SequenceTagger model = tiny();
    List<TaggedText> rows = new ArrayList<>();
    for (TaggedText row : TagData.grammar(40, 8)) {
      List<String> words = new ArrayList<>(row.words());
      List<String> labels =
          new ArrayList<>(row.labels().stream().map(l -> l.equals("P") ? "TO" : l).toList());
      words.add("zebra");
      labels.add("Z");
      rows.add(new TaggedText(words, labels));
    }
    SequenceTagger tuned =
        model.fineTune(rows, FineTuneOptions.builder().newWords(5).training(training(1)).build());
    assertEquals(List.of("N", "TO", "V", "Z"), tuned.labels());
    assertEquals(List.of("N", "P", "V"), model.labels());
    assertTrue(tuned.vocabulary().words().contains("zebra"));
    String mapping = tuned.provenance().origin().mapping().toString();
    assertTrue(mapping.contains("labels: 2 kept (N, V), 2 new (TO, Z), 1 dropped (P)"), mapping);
    Path file = folder.resolve("tuned.zip");
    tuned.save(file);
    assertEquals(tuned.tag("to run"), SequenceTagger.load(file).tag("to run"));
  }

  /** With a rate of nearly 0 the kept labels' weights are those of the model. */
  @Test
  void keptLabelsKeepTheirWeights() {
    SequenceTagger model = tiny();
    List<TaggedText> rows = TagData.grammar(30, 8);
    SequenceTagger tuned =
        model.fineTune(
            rows,
            FineTuneOptions.builder()
                .newWords(0)
                .learningRate(1e-12)
                .training(training(1))
                .build());
    List<TaggedWord> before = model.tagWords(rows.get(0).words());
    List<TaggedWord> after = tuned.tagWords(rows.get(0).words());
    for (int t = 0; t < before.size(); t++) {
      assertEquals(before.get(t).label(), after.get(t).label());
      assertEquals(before.get(t).probability(), after.get(t).probability(), 1e-5);
    }
  }

  @Test
  void aNetworkOfOnesOwn() {
    Vocabulary vocabulary = Vocabulary.ofWords(List.of("to", "run"));
    SequenceTagging entry = small().vocabularySize(4).labels(3).build();
    SequenceTagger tagger =
        SequenceTagger.of(entry.init(), entry, vocabulary, List.of("A", "B", "C"));
    assertTrue(tagger.provenance().trainedOutside());
    assertEquals(2, tagger.tag("to run").size());
    assertThrows(
        IllegalArgumentException.class,
        () -> SequenceTagger.of(entry.init(), entry, vocabulary, List.of("A", "B")));
    assertThrows(
        IllegalArgumentException.class,
        () -> SequenceTagger.of(entry.init(), entry, vocabulary, List.of("A", "B", "A")));
  }

  @Test
  void whatCannotBeLearnedFromIsRefused() {
    refused("There are no sentences", List.of());
    refused("There is one sentence", List.of(TagData.row("a/X b/Y")));
    refused("All words have the label \"X\"", List.of(TagData.row("a/X"), TagData.row("b/X")));
    String message =
        assertThrows(
                DataException.class,
                () ->
                    SequenceTagger.train(
                        TaggedRows.of(List.of(TagData.row("a/X b/Y")))
                            .validatedBy(List.of(TagData.row("c/X d/Z"))),
                        small().build(),
                        training(1),
                        TrainingRun.SILENT))
            .getMessage();
    assertTrue(message.startsWith("Sentence 1, word 2 (\"d\") has the label \"Z\""), message);
    assertThrows(DataException.class, () -> new TaggedText(List.of("a"), List.of()));
    assertThrows(DataException.class, () -> new TaggedText(List.of(), List.of()));
    assertThrows(DataException.class, () -> new TaggedText(List.of(""), List.of("X")));
  }

  private static void refused(String expected, List<TaggedText> rows) {
    String message =
        assertThrows(
                DataException.class, () -> SequenceTagger.train(rows, small().build(), training(1)))
            .getMessage();
    assertTrue(message.startsWith(expected), message);
  }
}
