package io.github.recurrentzoo.zoo.tagging;

import io.github.recurrentzoo.layers.inference.Inference;
import io.github.recurrentzoo.zoo.network.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Asks a trained network for the labels of sentences. Safe for use by several threads. */
final class TaggerAnswers {
  private final TagEncoder encoder;
  private final int labels;
  private final LabelDecoder decoder;
  private final Replicas<ComputationGraph> networks;
  private final Optional<Replicas<Inference>> inferences;

  /** For a network that does not change any more. */
  TaggerAnswers(ComputationGraph network, TagEncoder encoder, int labels) {
    this.encoder = encoder;
    this.labels = labels;
    decoder = LabelDecoder.of(network);
    networks = Replicas.of(network);
    inferences = Replicas.inferences(network, SequenceTagging.LABELS);
  }

  /** Of each word of a sentence its label and the probability of that. */
  static final class Answer {
    private final int[] best;
    private final double[] probabilities;

    private Answer(int words) {
      best = new int[words];
      probabilities = new double[words];
    }

    /** The index of the label of word t. */
    int label(int t) {
      return best[t];
    }

    /** The probability of the label of word t. */
    double probability(int t) {
      return probabilities[t];
    }

    /** The number of words. */
    int size() {
      return best.length;
    }

    private void set(int word, int label, double probability) {
      if (Double.isNaN(probability)) {
        throw new IllegalStateException(
            "The network answers NaN; expected a probability. Its weights are infinite or no numbers: train it again with a lower learning rate or with clipped gradients.");
      }
      best[word] = label;
      probabilities[word] = probability;
    }
  }

  /** The answers to sentences, in their order. */
  List<Answer> of(List<List<String>> sentences) {
    List<Answer> answers = new ArrayList<>(sentences.size());
    for (List<String> sentence : sentences) {
      answers.add(new Answer(sentence.size()));
    }
    List<TagEncoder.Piece> pieces = encoder.toAsk(sentences);
    int vectorSize = encoder.vectorSize();
    PieceOutputs.Heard heard =
        (piece, outputs) -> {
          int[] best = decoder.best(outputs);
          double[] probabilities = decoder.probabilities(outputs, best);
          Answer answer = answers.get(piece.sentence());
          for (int t = piece.answeredFrom(); t < piece.answeredTo(); t++) {
            answer.set(piece.from() + t, best[t], probabilities[t]);
          }
        };
    if (inferences.isPresent()) {
      inferences
          .get()
          .ask(
              network -> {
                PieceOutputs.of(network, pieces, vectorSize, labels, heard);
                return null;
              });
      return answers;
    }
    networks.ask(
        network -> {
          PieceOutputs.of(network, pieces, vectorSize, labels, heard);
          return null;
        });
    return answers;
  }
}
