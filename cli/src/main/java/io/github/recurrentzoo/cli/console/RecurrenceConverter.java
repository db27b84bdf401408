package io.github.recurrentzoo.cli.console;

import io.github.recurrentzoo.zoo.network.Recurrence;
import java.util.Locale;
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
    throw new TypeConversionException("expected simple-rnn, lstm or rrnn, but was '" + value + "'");
  }
}
