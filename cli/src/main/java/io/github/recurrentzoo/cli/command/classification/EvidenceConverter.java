package io.github.recurrentzoo.cli.command.classification;

import io.github.recurrentzoo.zoo.text.Evidence;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes naive-bayes and NAIVE_BAYES alike. */
final class EvidenceConverter implements ITypeConverter<Evidence> {

  /** What completion offers. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }

  private static final List<String> NAMES =
      Stream.of(Evidence.values()).map(EvidenceConverter::name).toList();

  private static String name(Evidence evidence) {
    return evidence.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Evidence convert(String value) {
    String name = value.toLowerCase(Locale.ROOT).replace('_', '-');
    return Stream.of(Evidence.values())
        .filter(evidence -> name(evidence).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected %s, but was '%s'".formatted(String.join(", ", NAMES), value)));
  }
}
