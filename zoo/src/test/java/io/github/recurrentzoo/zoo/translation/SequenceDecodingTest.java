package io.github.recurrentzoo.zoo.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.network.NativeThreads;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.network.TokenBatch;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Greedy and beam search of networks with random weights, against each other and all outputs. */
class SequenceDecodingTest {
  private static final int SYMBOLS = 7; // four reserved ones and three others
  private static final int LONGEST = 4;

  /** A network whose next symbol depends much on those before. */
  private static ComputationGraph network(Recurrence recurrence, int layers, long seed) {
    return network(recurrence, layers, seed, true);
  }

  private static ComputationGraph network(
      Recurrence recurrence, int layers, long seed, boolean attention) {
    NativeThreads.useOne();
    ComputationGraph network =
        SequenceToSequence.builder()
            .recurrence(recurrence)
            .layers(layers)
            .attention(attention)
            .sourceVocabularySize(SYMBOLS)
            .targetVocabularySize(SYMBOLS)
            .embeddingSize(3)
            .hiddenSize(5)
            .seed(seed)
            .build()
            .init();
    network.params().muli(3);
    return network;
  }

  private static List<int[]> sources(int count) {
    Random random = new Random(5);
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sources.add(random.ints(1 + random.nextInt(6), 4, SYMBOLS).toArray());
    }
    return sources;
  }

  private static TokenBatch batch(List<int[]> sources) {
    return TokenBatch.of(sources, IntStream.range(0, sources.size()).toArray());
  }

  private static Decoded[] beam(
      StepwiseDecoder decoder, int width, double normalization, List<int[]> sources) {
    return new BeamSearch(decoder, new DecodingOptions(width, normalization), LONGEST)
        .decode(batch(sources));
  }

  private static Decoded[] greedy(StepwiseDecoder decoder, List<int[]> sources) {
    return GreedySearch.decode(decoder, batch(sources), LONGEST);
  }

  /** log p of an output and the end symbol, by the network that is trained: all steps at once. */
  private static double logProbability(ComputationGraph network, int[] source, int[] output) {
    PairRows rows = new PairRows(List.of(source), List.of(output));
    SymbolProbabilities probabilities = PairBatch.of(rows, new int[] {0}).output(network);
    double sum = 0;
    int[] answer = rows.answer(0);
    for (int t = 0; t < answer.length; t++) {
      sum += probabilities.log(0, answer[t], t);
    }
    return sum;
  }

  /** All outputs of up to LONGEST of the three symbols, the empty one included. */
  private static List<int[]> allOutputs() {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int i = 0; i < all.size(); i++) {
      int[] before = all.get(i);
      for (int symbol = 4; symbol < SYMBOLS && before.length < LONGEST; symbol++) {
        int[] longer = Arrays.copyOf(before, before.length + 1);
        longer[before.length] = symbol;
        all.add(longer);
      }
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void stepByStepIsTheNetworkThatWasTrained(Recurrence recurrence) {
    for (int i = 0; i < 4; i++) {
      ComputationGraph network = network(recurrence, 1 + i / 2, 1, i % 2 == 0);
      PairRows rows = PairData.rows(SYMBOLS, new int[] {3, 1, 6, 2}, new int[] {4, 2, 1, 5});
      PairBatch batch = PairBatch.of(rows, new int[] {0, 1, 2, 3});
      SymbolProbabilities atOnce = batch.output(network);
      StepwiseDecoder decoder = new StepwiseDecoder(network);
      decoder.begin(batch.source());
      for (int t = 0; t < 6; t++) {
        int[] read = new int[4];
        for (int b = 0; b < 4; b++) {
          read[b] = t < rows.read(b).length ? rows.read(b)[t] : SymbolVocabulary.PADDING;
        }
        SymbolProbabilities step = decoder.next(read);
        for (int b = 0; b < 4; b++) {
          for (int symbol = 0; symbol < SYMBOLS && t < rows.read(b).length; symbol++) {
            assertEquals(
                Math.exp(atOnce.log(b, symbol, t)), Math.exp(step.log(b, symbol, 0)), 1e-5);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBeamOfOneIsGreedy(Recurrence recurrence) {
    StepwiseDecoder decoder = new StepwiseDecoder(network(recurrence, 1, 3));
    List<int[]> sources = sources(20);
    Decoded[] greedy = greedy(decoder, sources);
    Decoded[] beam = beam(decoder, 1, 0, sources);
    for (int i = 0; i < greedy.length; i++) {
      assertArrayEquals(greedy[i].ids(), beam[i].ids());
      assertEquals(greedy[i].logProbability(), beam[i].logProbability(), 1e-5);
      assertEquals(greedy[i].ended(), beam[i].ended());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWideBeamFindsTheBestOfAllOutputs(Recurrence recurrence) {
    ComputationGraph network = network(recurrence, 1, 4);
    StepwiseDecoder decoder = new StepwiseDecoder(network);
    List<int[]> sources = sources(6);
    for (double normalization : new double[] {0, 1}) {
      DecodingOptions options = new DecodingOptions(500, normalization);
      Decoded[] found = beam(decoder, 500, normalization, sources);
      for (int i = 0; i < found.length; i++) {
        double best = Double.NEGATIVE_INFINITY;
        for (int[] output : allOutputs()) {
          double logProbability = logProbability(network, sources.get(i), output);
          best = Math.max(best, options.score(logProbability, output.length + 1));
        }
        assertEquals(
            best,
            options.score(found[i].logProbability(), found[i].ids().length + 1),
            1e-4,
            Arrays.toString(found[i].ids()));
        assertEquals(
            logProbability(network, sources.get(i), found[i].ids()),
            found[i].logProbability(),
            1e-4);
      }
    }
  }

  @Test
  void aBeamFindsWhatGreedyMisses() {
    StepwiseDecoder decoder = new StepwiseDecoder(network(Recurrence.LSTM, 1, 4));
    List<int[]> sources = sources(40);
    Decoded[] greedy = greedy(decoder, sources);
    Decoded[] beam = beam(decoder, 4, 0, sources);
    int better = 0;
    for (int i = 0; i < greedy.length; i++) {
      assertTrue(beam[i].logProbability() >= greedy[i].logProbability() - 1e-4);
      better += beam[i].logProbability() > greedy[i].logProbability() + 1e-3 ? 1 : 0;
    }
    assertTrue(better > 0, "no output became better");
  }

  @Test
  void lengthNormalizationFavoursLongerOutputs() {
    StepwiseDecoder decoder = new StepwiseDecoder(network(Recurrence.LSTM, 1, 4));
    List<int[]> sources = sources(40);
    int plain = Arrays.stream(beam(decoder, 8, 0, sources)).mapToInt(d -> d.ids().length).sum();
    int normalized =
        Arrays.stream(beam(decoder, 8, 1, sources)).mapToInt(d -> d.ids().length).sum();
    assertTrue(normalized > plain, normalized + " symbols, " + plain + " without");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsInTheBatchMakesNoDifference(Recurrence recurrence) {
    StepwiseDecoder decoder = new StepwiseDecoder(network(recurrence, 2, 6));
    List<int[]> sources = sources(12);
    Decoded[] greedy = greedy(decoder, sources);
    Decoded[] beam = beam(decoder, 3, 0, sources);
    for (int i = 0; i < sources.size(); i++) {
      Decoded greedyAlone = greedy(decoder, List.of(sources.get(i)))[0];
      Decoded beamAlone = beam(decoder, 3, 0, List.of(sources.get(i)))[0];
      assertArrayEquals(greedyAlone.ids(), greedy[i].ids());
      assertArrayEquals(beamAlone.ids(), beam[i].ids());
      assertEquals(beamAlone.logProbability(), beam[i].logProbability(), 1e-4);
    }
  }

  @Test
  void outputsAreCutAtTheBound() {
    ComputationGraph network = network(Recurrence.LSTM, 1, 4);
    network.getLayer(SequenceToSequence.SYMBOLS).getParam("b").putScalar(SymbolVocabulary.END, -50);
    StepwiseDecoder decoder = new StepwiseDecoder(network);
    List<int[]> sources = sources(3);
    for (Decoded[] all : List.of(greedy(decoder, sources), beam(decoder, 3, 0, sources))) {
      for (Decoded decoded : all) {
        assertEquals(LONGEST, decoded.ids().length);
        assertFalse(decoded.ended());
      }
    }
    network.getLayer(SequenceToSequence.SYMBOLS).getParam("b").putScalar(SymbolVocabulary.END, 50);
    for (Decoded decoded : greedy(new StepwiseDecoder(network), sources)) {
      assertEquals(0, decoded.ids().length);
      assertTrue(decoded.ended());
    }
  }

  @Test
  void reservedSymbolsAreNeverAnswered() {
    ComputationGraph network = network(Recurrence.LSTM, 1, 4);
    for (int reserved = 0; reserved < SymbolVocabulary.END; reserved++) {
      network.getLayer(SequenceToSequence.SYMBOLS).getParam("b").putScalar(reserved, 50);
    }
    StepwiseDecoder decoder = new StepwiseDecoder(network);
    for (Decoded[] all : List.of(greedy(decoder, sources(3)), beam(decoder, 3, 0, sources(3)))) {
      for (Decoded decoded : all) {
        assertTrue(Arrays.stream(decoded.ids()).allMatch(id -> id >= SymbolVocabulary.RESERVED));
      }
    }
  }
}
