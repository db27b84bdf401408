package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * Looks over the JSON of a model file before it is read.
 *
 * <p>Reading nested JSON takes stack, and reading a number takes time by the square of its digits,
 * both without a bound in Jackson. An empty object takes two bytes in JSON, next to none in a zip
 * and some fifty in memory. A name that comes twice in an object may mean one thing to a check and
 * another to a reader.
 */
final class BoundedJson {

  private static final int MAX_DEPTH = 64;

  /** Objects and arrays; the history of a training has five for each epoch. */
  static final int MAX_CONTAINERS = 200_000;

  /** Names and values, twice as many as the words of the largest vocabulary. */
  static final int MAX_VALUES = 2_000_000;

  /** A double has 24 characters at most. */
  private static final int MAX_NUMBER_LENGTH = 64;

  /** Hears of each token. */
  @FunctionalInterface
  interface Visitor {
    void visit(JsonParser parser, JsonToken token) throws IOException;
  }

  private BoundedJson() {}

  /**
   * Checks an entry.
   *
   * @throws DamagedEntryException if it is no JSON, or JSON that this library does not write
   */
  static void check(String entry, byte[] json) throws IOException {
    walk(entry, json, (parser, token) -> {});
  }

  /** As {@link #check}, with a look at each token. */
  static void walk(String entry, byte[] json, Visitor visitor) throws IOException {
    int depth = 0;
    int containers = 0;
    int values = 0;
    try (JsonParser parser = ModelFile.JSON.getFactory().createParser(json)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > MAX_DEPTH) {
          throw new DamagedEntryException(
              "%s is nested more than %d deep".formatted(entry, MAX_DEPTH));
        }
        containers += token.isStructStart() ? 1 : 0;
        values += token.isStructStart() || token.isStructEnd() ? 0 : 1;
        if (containers > MAX_CONTAINERS || values > MAX_VALUES) {
          throw new DamagedEntryException(
              "%s has more than %d objects and arrays or more than %d names and values"
                  .formatted(entry, MAX_CONTAINERS, MAX_VALUES));
        }
        if (token.isNumeric() && parser.getTextLength() > MAX_NUMBER_LENGTH) {
          throw new DamagedEntryException(
              "%s has a number of %d characters, more than %d"
                  .formatted(entry, parser.getTextLength(), MAX_NUMBER_LENGTH));
        }
        visitor.visit(parser, token);
      }
    } catch (JsonProcessingException e) {
      throw new DamagedEntryException(
          "%s is no JSON (%s)".formatted(entry, e.getOriginalMessage()), e);
    }
  }
}
