package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Recurrences as the command line writes them; takes simple-rnn, SimpleRnn and SIMPLE_RNN alike.
 */
public final class RecurrenceConverter implements ITypeConverter<Recurrence> {

  /** The recurrence as the command line writes it. */
  public static String name(Recurrence recurrence) {
    return recurrence.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  @Override
  public Recurrence convert(String value) {
    for (Recurrence recurrence : Recurrence.values()) {
      if (letters(recurrence.name()).equals(letters(value))) {
        return recurrence;
      }
    }
    throw new TypeConversionException(
        "expected " + String.join(", ", new Names()) + ", but was '" + value + "'");
  }

  /** The names of all recurrences, for help texts. */
  public static final class Names implements Iterable<String> {

    private final List<String> names =
        Stream.of(Recurrence.values()).map(RecurrenceConverter::name).toList();

    /** All of them. */
    public Names() {}

    @Override
    public Iterator<String> iterator() {
      return names.iterator();
    }
  }
}
