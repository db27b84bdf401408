package io.github.recurrentzoo.zoo.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What fine-tuning mapped to what: which parts of the rows met a part of the model.
 *
 * @param names labels or columns, which count one by one
 * @param symbols words, characters or symbols, which are many
 */
public record FineTuneMapping(List<Names> names, List<Symbols> symbols) {

  private static final int NAMES_TO_SHOW = 20;

  /** Copies the lists. */
  public FineTuneMapping {
    names = List.copyOf(names);
    symbols = List.copyOf(symbols);
  }

  /**
   * Labels or columns.
   *
   * @param what what they are, such as "labels"
   * @param kept those of the rows that the model has as well, whose weights it keeps; where a
   *     column takes the place of another one, "rows' name for model's name"
   * @param added those of the rows that are new to the model
   * @param dropped those of the model that the rows do not have; the new model does not know them
   */
  public record Names(String what, List<String> kept, List<String> added, List<String> dropped) {

    /** Copies the lists. */
    public Names {
      kept = List.copyOf(kept);
      added = List.copyOf(added);
      dropped = List.copyOf(dropped);
    }

    public static Names of(String what, List<String> model, List<String> rows) {
      return new Names(
          what,
          rows.stream().filter(model::contains).toList(),
          rows.stream().filter(name -> !model.contains(name)).toList(),
          model.stream().filter(name -> !rows.contains(name)).toList());
    }

    @Override
    public String toString() {
      return what
          + ": "
          + counted("kept", kept)
          + ", "
          + counted("new", added)
          + ", "
          + counted("dropped", dropped);
    }

    private static String counted(String how, List<String> names) {
      if (names.isEmpty()) {
        return "0 " + how;
      }
      String shown = String.join(", ", names.subList(0, Math.min(NAMES_TO_SHOW, names.size())));
      return names.size()
          + " "
          + how
          + " ("
          + shown
          + (names.size() > NAMES_TO_SHOW ? " ..." : "")
          + ")";
    }
  }

  /**
   * The different words, characters or symbols of the training rows.
   *
   * @param what what they are, such as "words"
   * @param known how many the model knew, whose vectors it keeps
   * @param added how many it got new vectors for
   * @param unknown how many remain unknown
   * @param others how many the model knows that are not in the rows; it keeps them as well
   */
  public record Symbols(String what, int known, int added, int unknown, int others) {

    /**
     * Counts.
     *
     * @param model what the model knows
     * @param now what the new model knows, the model's own first
     */
    public static <T> Symbols of(
        String what, Iterable<T> rows, Collection<T> model, Collection<T> now) {
      Set<T> different = new HashSet<>();
      rows.forEach(different::add);
      Predicate<T> known = new HashSet<>(model)::contains;
      Predicate<T> knownNow = new HashSet<>(now)::contains;
      int before = count(different, known);
      int after = count(different, knownNow);
      return new Symbols(
          what, before, after - before, different.size() - after, model.size() - before);
    }

    private static <T> int count(Set<T> all, Predicate<T> predicate) {
      return Math.toIntExact(all.stream().filter(predicate).count());
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %,d known, %,d new, %,d unknown; %,d others of the model stay",
          what,
          known,
          added,
          unknown,
          others);
    }
  }

  /** A line for each. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    names.forEach(part -> lines.add(part.toString()));
    symbols.forEach(part -> lines.add(part.toString()));
    return String.join("\n", lines);
  }
}
