package io.github.recurrentzoo.zoo.translation;

import io.github.recurrentzoo.zoo.network.TokenBatch;
import io.github.recurrentzoo.zoo.text.SymbolVocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Follows the k most probable beginnings of each output. All beginnings of all rows take each step
 * of the decoder together, and their states move with them.
 *
 * <p>A row is done when no beginning of it is left, or none can become better than the best output
 * found: a probability only falls as an output grows.
 */
final class BeamSearch {
  private static final Comparator<Step> BY_PROBABILITY =
      Comparator.comparingDouble(Step::logProbability);

  private final StepwiseDecoder decoder;
  private final DecodingOptions options;
  private final int maxLength;

  BeamSearch(StepwiseDecoder decoder, DecodingOptions options, int maxLength) {
    this.decoder = decoder;
    this.options = options;
    this.maxLength = maxLength;
  }

  /**
   * A beginning of an output.
   *
   * @param before all but the last symbol; null if there is none yet
   * @param last its last symbol, or the start symbol
   * @param length the number of its symbols
   * @param logProbability in nats
   * @param state the row of the decoder that has read all but the last symbol
   */
  private record Beginning(
      Beginning before, int last, int length, double logProbability, int state) {

    static Beginning empty(int state) {
      return new Beginning(null, SymbolVocabulary.START, 0, 0, state);
    }

    Beginning at(int newState) {
      return new Beginning(before, last, length, logProbability, newState);
    }

    int[] symbols() {
      int[] symbols = new int[length];
      Beginning part = this;
      for (int i = length - 1; i >= 0; i--, part = part.before) {
        symbols[i] = part.last;
      }
      return symbols;
    }
  }

  /** A beginning and the symbol that is to follow. */
  private record Step(Beginning beginning, int symbol, double logProbability) {
    Beginning taken() {
      return new Beginning(
          beginning, symbol, beginning.length + 1, logProbability, beginning.state);
    }
  }

  /** The outputs of the rows of a batch. */
  Decoded[] decode(TokenBatch source) {
    int rows = (int) source.tokens().size(0);
    List<List<Beginning>> beams = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      beams.add(List.of(Beginning.empty(row)));
    }
    Decoded[] best = new Decoded[rows];
    decoder.begin(source);
    for (int length = 0; beams.stream().anyMatch(beam -> !beam.isEmpty()); length++) {
      SymbolProbabilities next =
          decoder.next(beams.stream().flatMap(List::stream).mapToInt(Beginning::last).toArray());
      for (int row = 0; row < rows; row++) {
        List<Step> steps = steps(beams.get(row), next, length == maxLength);
        List<Beginning> goingOn = new ArrayList<>();
        for (Step step : steps) {
          if (step.symbol() == SymbolVocabulary.END) {
            Decoded found = ended(step, next, length == maxLength);
            best[row] = better(best[row], found) ? found : best[row];
          } else {
            goingOn.add(step.taken());
          }
        }
        Decoded bestOfRow = best[row];
        goingOn.removeIf(beginning -> bestOfRow != null && !mayWin(beginning, bestOfRow));
        beams.set(row, goingOn);
      }
      move(beams);
    }
    return best;
  }

  /** The k most probable continuations of a beam, the most probable one first. */
  private List<Step> steps(List<Beginning> beam, SymbolProbabilities next, boolean last) {
    int width = options.beamSize();
    PriorityQueue<Step> steps = new PriorityQueue<>(BY_PROBABILITY); // the least probable first
    for (Beginning beginning : beam) {
      int end = last ? SymbolVocabulary.END + 1 : next.symbols();
      for (int symbol = SymbolVocabulary.END; symbol < end; symbol++) {
        double logProbability = beginning.logProbability() + next.log(beginning.state(), symbol, 0);
        if (steps.size() < width || logProbability > steps.peek().logProbability()) {
          steps.add(new Step(beginning, symbol, logProbability));
        }
        if (steps.size() > width) {
          steps.remove();
        }
      }
    }
    List<Step> best = new ArrayList<>(steps);
    best.sort(BY_PROBABILITY.reversed());
    return best;
  }

  /**
   * Where the end symbol was all that was allowed, the output counts as cut if another was better.
   */
  private static Decoded ended(Step step, SymbolProbabilities next, boolean last) {
    Beginning beginning = step.beginning();
    boolean cut = last && next.best(beginning.state(), 0) != SymbolVocabulary.END;
    return new Decoded(beginning.symbols(), step.logProbability(), !cut);
  }

  private boolean better(Decoded best, Decoded found) {
    return best == null || score(found) > score(best);
  }

  private double score(Decoded decoded) {
    return options.score(decoded.logProbability(), decoded.ids().length + 1);
  }

  /** Whether the best that can become of a beginning, at the greatest length, is good enough. */
  private boolean mayWin(Beginning beginning, Decoded best) {
    return options.score(beginning.logProbability(), maxLength + 1) > score(best);
  }

  /** Moves the decoder's states to where the beginnings are now. */
  private void move(List<List<Beginning>> beams) {
    List<Integer> states = new ArrayList<>();
    for (List<Beginning> beam : beams) {
      for (int i = 0; i < beam.size(); i++) {
        states.add(beam.get(i).state());
        beam.set(i, beam.get(i).at(states.size() - 1));
      }
    }
    if (!states.isEmpty()) {
      decoder.select(states.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}
