package io.github.recurrentzoo.cli.option;

import io.github.recurrentzoo.zoo.data.ClassWeights;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes "balanced", or labels with their weights such as "spam=5,ham=1". */
public final class ClassWeightsConverter implements ITypeConverter<ClassWeights> {

  /** For picocli. */
  public ClassWeightsConverter() {}

  @Override
  public ClassWeights convert(String value) {
    if (value.equalsIgnoreCase("balanced")) {
      return ClassWeights.BALANCED;
    }
    if (value.equalsIgnoreCase("none")) {
      return ClassWeights.NONE;
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : value.split(",", -1)) {
      int at = part.lastIndexOf('=');
      try {
        if (at < 1 || weights.put(part.substring(0, at), weight(part.substring(at + 1))) != null) {
          throw expected(value);
        }
      } catch (NumberFormatException e) {
        throw expected(value);
      }
    }
    return ClassWeights.of(weights);
  }

  private static double weight(String number) {
    double weight = Double.parseDouble(number);
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new NumberFormatException("no positive number");
    }
    return weight;
  }

  private static TypeConversionException expected(String value) {
    return new TypeConversionException(
        "expected balanced, or each label once with a positive weight such as spam=5,ham=1, but was '"
            + value
            + "'");
  }
}
