package io.github.recurrentzoo.cli.option;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes a character or the name of one that is hard to type. */
final class DelimiterConverter implements ITypeConverter<Character> {
  @Override
  public Character convert(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "tab", "\\t" -> '\t';
      default -> {
        if (value.length() != 1 || "\"\r\n".contains(value)) {
          throw new TypeConversionException(
              "expected one character (no quote), comma, semicolon or tab, but was '"
                  + value
                  + "'");
        }
        yield value.charAt(0);
      }
    };
  }
}
