package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whatever an option can be set to can be saved, so it must be possible to read it. */
class AllowedClassesTest {

  private static void assertAllowed(Object value) {
    assertTrue(AllowedClasses.contains(value.getClass().getName()), value.getClass().getName());
  }

  @ParameterizedTest
  @EnumSource
  void activations(Activation activation) {
    assertAllowed(activation.getActivationFunction());
  }

  @ParameterizedTest
  @EnumSource
  void losses(LossFunction loss) {
    assertAllowed(loss.getILossFunction());
  }

  @ParameterizedTest
  @EnumSource
  void weights(WeightInit init) {
    assertAllowed(init.getWeightInitFunction(new NormalDistribution(0, 1)));
  }

  @Test
  void eachNameIsThatOfAClass() throws ClassNotFoundException {
    for (String name : AllowedClasses.names()) {
      Class.forName(name, false, getClass().getClassLoader());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "org.nd4j.linalg.activations.impl",
        "org.nd4j.linalg.activations.impl.Canary",
        "io.github.recurrentzoo.layers.runtime.RecurrentSameDiffRuntime",
        "org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer",
        "java.util.HashMap"
      })
  void othersAreNot(String name) {
    assertFalse(AllowedClasses.contains(name));
  }
}
