package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import java.util.List;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.JsonToken;

/**
 * Checks which classes a network's configuration names, before Deeplearning4j makes objects of
 * them.
 *
 * <p>Deeplearning4j's JSON names classes under {@code @class}, and under {@code type} for
 * distributions. A file from elsewhere must not make the program load any other class than the
 * parts of a network.
 */
final class ConfigurationClasses {

  private static final List<String> ALLOWED =
      List.of(
          "org.deeplearning4j.nn.conf.",
          "org.deeplearning4j.nn.weights.",
          "org.nd4j.linalg.activations.",
          "org.nd4j.linalg.learning.",
          "org.nd4j.linalg.lossfunctions.",
          "org.nd4j.linalg.schedule.",
          "io.github.recurrentzoo.layers.");

  private ConfigurationClasses() {}

  /**
   * Checks each class name of a configuration.
   *
   * @throws DamagedEntryException if it is no JSON or names a class that is no part of a network
   */
  static void check(byte[] json) throws IOException {
    try (JsonParser parser = ModelFile.JSON.getFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && namesClass(parser.currentName(), parser.getText())) {
          checkClass(parser.getText());
        }
      }
    } catch (JsonProcessingException e) {
      throw new DamagedEntryException(NetworkEntries.CONFIGURATION + " is no JSON", e);
    }
  }

  /** Under {@code type}, plain names such as FLOAT are constants, not classes. */
  private static boolean namesClass(String key, String value) {
    return "@class".equals(key) || ("type".equals(key) && value.indexOf('.') >= 0);
  }

  private static void checkClass(String name) throws IOException {
    // No array or parameterized type either: those could name a class inside the brackets.
    boolean plain = name.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.');
    if (!plain || ALLOWED.stream().noneMatch(name::startsWith)) {
      throw new DamagedEntryException(
          "its configuration names the class %s, which is no part of a network that this library saves"
              .formatted(name));
    }
  }
}
