package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.layers.inference.SymbolNetwork;
import io.github.recurrentzoo.layers.inference.SymbolSteps;
import io.github.recurrentzoo.zoo.network.OffHeap;
import io.github.recurrentzoo.zoo.network.Replicas;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lets a network write, unit by unit: on the Java heap where its layers allow it. */
final class TextWriter {
  /** How many steps of a prompt are read at once. */
  static final int PROMPT_STEPS = 256;

  private final GeneratorUnits units;
  private final Replicas<ComputationGraph> networks;
  private final Optional<Replicas<SymbolSteps>> steps;

  TextWriter(GeneratorUnits units, ComputationGraph network, Replicas<ComputationGraph> networks) {
    this.units = units;
    this.networks = networks;
    steps =
        SymbolNetwork.of(network, TextGeneration.NEXT)
            .map(symbols -> new Replicas<>(symbols::newSteps));
  }

  /** Whether text is generated without Deeplearning4j: by all recurrences that have kernels. */
  boolean hasSteps() {
    return steps.isPresent();
  }

  /**
   * Goes on where a prompt ends.
   *
   * @param prompt not empty
   * @param listener gets each character
   */
  void write(String prompt, GenerationOptions generation, IntConsumer listener) {
    if (steps.isPresent()) {
      steps
          .get()
          .ask(
              each -> {
                each.begin(1);
                run(ids -> read(each, ids), prompt, generation, listener);
                return null;
              });
      return;
    }
    networks.ask(
        each -> {
          each.rnnClearPreviousState();
          each.clearLayerMaskArrays();
          run(ids -> read(each, ids), prompt, generation, listener);
          each.rnnClearPreviousState();
          return null;
        });
  }

  /**
   * Generates.
   *
   * @param reader reads units on from the state; gives the probabilities of the next one, [V]
   */
  private void run(
      Function<int[], float[]> reader,
      String prompt,
      GenerationOptions generation,
      IntConsumer listener) {
    UnitSampler sampler = new UnitSampler(generation, units.first());
    int[] read = units.ids(prompt);
    Arrays.stream(read).filter(units::isRepetition).forEach(sampler::penalise);
    WrittenText written = new WrittenText(prompt, generation, listener);
    while (written.hasRoom()) {
      int id = sampler.choose(requireNumbers(reader.apply(read)));
      if (!written.add(units.text(id))) {
        return;
      }
      if (units.isRepetition(id)) {
        sampler.penalise(id);
      }
      read = new int[] {id};
    }
  }

  /** What has been written: as long as the options allow. */
  private static final class WrittenText {
    private final GenerationOptions generation;
    private final IntConsumer listener;
    private boolean blankStands; // the prompt ends with one: a word brings none
    private int length;

    WrittenText(String prompt, GenerationOptions generation, IntConsumer listener) {
      this.generation = generation;
      this.listener = listener;
      int last = prompt.codePointBefore(prompt.length());
      blankStands = Character.isWhitespace(last) && last != '\n';
    }

    boolean hasRoom() {
      return length < generation.length();
    }

    /** Returns false where the text ends: before a character that stops it, or for lack of room. */
    boolean add(String unit) {
      boolean ofWords = unit.codePointCount(0, unit.length()) > 1;
      String text = ofWords && blankStands && unit.startsWith(" ") ? unit.substring(1) : unit;
      blankStands = false;
      if (text.codePointCount(0, text.length()) > generation.length() - length) {
        return false; // a word is not cut
      }
      for (int character : text.codePoints().toArray()) {
        if (character == generation.stopAt()) {
          return false;
        }
        listener.accept(character);
        length++;
      }
      return true;
    }
  }

  private static float[] read(SymbolSteps steps, int[] ids) {
    for (int i = 0; i < ids.length - 1; i++) {
      steps.read(ids[i]);
    }
    return steps.next(ids[ids.length - 1])[0];
  }

  private float[] read(ComputationGraph network, int[] ids) {
    INDArray output = null;
    int steps = 0;
    for (int start = 0; start < ids.length; start += PROMPT_STEPS) {
      int[] part = Arrays.copyOfRange(ids, start, Math.min(ids.length, start + PROMPT_STEPS));
      OffHeap.close(output);
      INDArray input = UnitStreams.array(new int[][] {part});
      output = network.rnnTimeStep(input)[0];
      OffHeap.close(input);
      steps = part.length;
    }
    INDArray ordered = output.dup('c');
    float[] numbers = ordered.data().asFloat(); // [V, T]
    OffHeap.close(ordered, output);
    float[] last = new float[units.size()];
    for (int id = 0; id < last.length; id++) {
      last[id] = numbers[id * steps + steps - 1];
    }
    return last;
  }

  private static float[] requireNumbers(float[] probabilities) {
    for (float probability : probabilities) {
      if (Float.isNaN(probability)) {
        throw new IllegalStateException(
            "The network answers NaN; expected a probability. Its weights are infinite or no"
                + " numbers: train it again with a lower learning rate or with clipped gradients.");
      }
    }
    return probabilities;
  }
}
