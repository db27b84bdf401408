package io.github.recurrentzoo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.github.recurrentzoo.zoo.preset.Preset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each preset that is asked has a question that it answers. */
class ServingTest {

  static List<Preset> presets() {
    return Serving.presets();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void isAnswered(Preset preset) {
    Runnable question = Serving.question(preset);
    assertDoesNotThrow(question::run);
    assertDoesNotThrow(question::run, "the second time");
  }
}
