package io.github.recurrentzoo.spark;

import io.github.recurrentzoo.zoo.data.DataException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The cells of a column as Spark gives them, and as models read them. */
final class Cells {
  private Cells() {}

  static boolean isText(DataType type) {
    return type instanceof StringType;
  }

  static boolean isWords(DataType type) {
    return type instanceof ArrayType array && isText(array.elementType());
  }

  static boolean isNumbers(DataType type) {
    return type instanceof ArrayType array && array.elementType() instanceof NumericType;
  }

  static boolean isChannels(DataType type) {
    return type instanceof ArrayType array && isNumbers(array.elementType());
  }

  static List<String> texts(List<?> cells) {
    return cells.stream().map(String.class::cast).toList();
  }

  /** The words of a sentence. */
  static List<String> words(Object cell) {
    return elements(cell).stream()
        .map(
            word -> {
              if (word == null) {
                throw new DataException("A word is null; leave it out.");
              }
              return (String) word;
            })
        .toList();
  }

  /** Numbers, NaN for null. */
  static double[] numbers(Object cell) {
    return elements(cell).stream()
        .mapToDouble(value -> value == null ? Double.NaN : ((Number) value).doubleValue())
        .toArray();
  }

  /** [D][T] of an array of channels, or of the numbers of a single one. */
  static double[][] channels(Object cell) {
    List<?> elements = elements(cell);
    if (elements.isEmpty()) {
      throw new DataException("The array is empty; expected one number at least.");
    }
    if (elements.stream().noneMatch(Seq.class::isInstance)) {
      return new double[][] {numbers(cell)};
    }
    if (elements.contains(null)) {
      throw new DataException("A channel is null; expected an array of numbers.");
    }
    return elements.stream().map(Cells::numbers).toArray(double[][]::new);
  }

  private static List<?> elements(Object cell) {
    return JavaConverters.seqAsJavaList((Seq<?>) cell);
  }

  /** A map as Spark takes it. */
  static scala.collection.Map<String, Double> map(Map<String, Double> entries) {
    return JavaConverters.mapAsScalaMap(entries);
  }
}
