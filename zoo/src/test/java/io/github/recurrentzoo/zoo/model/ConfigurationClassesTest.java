package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither the check nor Jackson gives life to a class outside of the list. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfigurationClassesTest {
  private static final String CANARY = "io.github.recurrentzoo.zoo.model.Canary";

  @ParameterizedTest
  @Order(1)
  @ValueSource(
      strings = {
        "{'vertices': {'a': {'@class': 'CANARY'}}}",
        "{'vertices': {'a': ['CANARY', {}]}}",
        "{'vertices': {'a': {'@class': 'org.deeplearning4j.nn.conf.graph.LayerVertex', 'preProcessor': {'@class': 'CANARY'}}}}",
        "{'vertices': {'a': {'@class': 'org.deeplearning4j.nn.conf.graph.LayerVertex', 'layerConf': {'layer': {'@class': 'CANARY'}}}}}",
        "{'defaultConfiguration': {'layer': ['CANARY', {}]}}",
      })
  void itIsRefusedTwice(String json) throws IOException {
    String hostile = json.replace('\'', '"').replace("CANARY", CANARY);
    String said =
        assertThrows(
                DamagedEntryException.class,
                () -> ConfigurationClasses.check(hostile.getBytes(StandardCharsets.UTF_8)))
            .getMessage();
    assertTrue(said.contains("names the class " + CANARY), said);
    String byJackson =
        assertThrows(IOException.class, () -> ConfigurationClasses.parse(hostile)).getMessage();
    assertTrue(byJackson.contains("denied resolution"), byJackson);
    assertTrue(Canary.Cage.silent());
  }

  /** Deeplearning4j's own reading makes the object: so the tests above could have failed. */
  @Test
  @Order(2)
  void withoutTheListItWouldSing() throws Exception {
    String json = "{\"@class\": \"%s\"}".formatted(CANARY);
    Object vertex =
        NeuralNetConfiguration.mapper()
            .readValue(json, org.deeplearning4j.nn.conf.graph.GraphVertex.class);
    assertEquals(Canary.class, vertex.getClass());
    assertFalse(Canary.Cage.silent());
    System.clearProperty("recurrentzoo.canary");
  }
}
