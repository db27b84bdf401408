package io.github.recurrentzoo.zoo.model;

import java.io.IOException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Keeps a network's configuration to the {@link AllowedClasses}.
 *
 * <p>Deeplearning4j's JSON names classes under {@code @class}, and under {@code type} for
 * distributions. A file from elsewhere must not make the program load any other class than the
 * parts of a network. So names are looked at twice: before anything is made of the JSON, for a
 * message that says all, and by Jackson itself, at the one place where it turns a name into a
 * class, whatever the form in which it came.
 */
final class ConfigurationClasses {

  private ConfigurationClasses() {}

  /**
   * Checks each class name of a configuration.
   *
   * @throws DamagedEntryException if it is no JSON or names a class that is no part of a network
   */
  static void check(byte[] json) throws IOException {
    BoundedJson.walk(NetworkEntries.CONFIGURATION, json, new NameCheck());
  }

  /** Makes the configuration of checked JSON; forms of releases before 1.0.0-beta are refused. */
  static ComputationGraphConfiguration parse(String json) throws IOException {
    return Mapper.MAPPER.readValue(json, ComputationGraphConfiguration.class);
  }

  private static final class NameCheck implements BoundedJson.Visitor {
    private String firstOfArray;

    @Override
    public void visit(JsonParser parser, JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_STRING && namesClass(parser.currentName(), parser.getText())) {
        checkClass(parser.getText());
      }
      // Jackson takes ["a.Class", {...}] for an object of that class, too.
      if (firstOfArray != null && token.isStructStart()) {
        checkClass(firstOfArray);
      }
      boolean first =
          token == JsonToken.VALUE_STRING
              && parser.getParsingContext().inArray()
              && parser.getParsingContext().getCurrentIndex() == 0;
      firstOfArray = first ? parser.getText() : null;
    }

    /** Under {@code type}, plain names such as FLOAT are constants, not classes. */
    private static boolean namesClass(String key, String value) {
      return "@class".equals(key) || ("type".equals(key) && value.indexOf('.') >= 0);
    }
  }

  private static void checkClass(String name) throws DamagedEntryException {
    if (!AllowedClasses.contains(name)) {
      throw new DamagedEntryException(
          "its configuration names the class %s, which is no part of a network that this library saves"
              .formatted(name));
    }
  }

  /** Made on first use: Deeplearning4j's classes are not loaded before. */
  private static final class Mapper {
    static final ObjectMapper MAPPER =
        NeuralNetConfiguration.mapper().copy().setPolymorphicTypeValidator(new OnlyAllowed());
  }

  private static final class OnlyAllowed extends PolymorphicTypeValidator.Base {
    private static final long serialVersionUID = 1L;

    @Override
    public Validity validateSubClassName(
        MapperConfig<?> config, JavaType baseType, String subClassName) {
      return AllowedClasses.contains(subClassName) ? Validity.ALLOWED : Validity.DENIED;
    }
  }
}
