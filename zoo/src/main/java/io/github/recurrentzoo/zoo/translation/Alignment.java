package io.github.recurrentzoo.zoo.translation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * On which symbols of the input each symbol of an output rests: the weights of the network's
 * attention. They say where the network looked, not what it would have answered without.
 */
public final class Alignment {
  private static final double WORTH_MENTIONING = 0.1;

  private final Translation translation;
  private final List<String> input;
  private final List<String> output;
  private final double[][] weights; // [T][S]

  Alignment(Translation translation, List<String> input, List<String> output, double[][] weights) {
    this.translation = translation;
    this.input = List.copyOf(input);
    this.output = List.copyOf(output);
    this.weights = weights;
  }

  /** The output. */
  public Translation translation() {
    return translation;
  }

  /** The symbols of the input, S of them. */
  public List<String> input() {
    return input;
  }

  /** The symbols of the output, T of them. */
  public List<String> output() {
    return output;
  }

  /**
   * The weight of a symbol of the input in the context of a symbol of the output; the weights of
   * each output symbol sum up to 1.
   *
   * @param outputSymbol from 0 to T - 1
   * @param inputSymbol from 0 to S - 1
   */
  public double weight(int outputSymbol, int inputSymbol) {
    return weights[outputSymbol][inputSymbol];
  }

  /** For JSON: for each symbol of the output its weights, in the order of the input's symbols. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("inputSymbols", input);
    map.put("outputSymbols", output);
    map.put(
        "weights",
        IntStream.range(0, output.size())
            .mapToObj(t -> IntStream.range(0, input.size()).mapToObj(j -> weight(t, j)).toList())
            .toList());
    return map;
  }

  /**
   * A line for each symbol of the output: the symbols of the input that have a tenth of the weight
   * at least, each with its place from 1, the one with most of it first; or the one with most.
   */
  @Override
  public String toString() {
    int width = output.stream().mapToInt(String::length).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (int t = 0; t < output.size(); t++) {
      int symbol = t;
      List<Integer> places =
          IntStream.range(0, input.size())
              .boxed()
              .sorted(Comparator.comparingDouble((Integer j) -> -weight(symbol, j)))
              .toList();
      lines.add(
          output.get(t)
              + " ".repeat(width - output.get(t).length())
              + "  <-  "
              + places.stream()
                  .filter(j -> weight(symbol, j) >= WORTH_MENTIONING || j.equals(places.get(0)))
                  .map(j -> rest(symbol, j))
                  .collect(Collectors.joining(", ")));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private String rest(int symbol, int place) {
    return String.format(
        Locale.ROOT, "%s (%d) %.2f", input.get(place), place + 1, weight(symbol, place));
  }
}
