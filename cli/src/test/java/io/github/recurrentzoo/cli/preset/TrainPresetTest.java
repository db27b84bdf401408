package io.github.recurrentzoo.cli.preset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.console.BadOptionException;
import io.github.recurrentzoo.cli.console.PresetMissedException;
import io.github.recurrentzoo.zoo.model.Metric;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import io.github.recurrentzoo.zoo.preset.Recipe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainPresetTest {
  private static final String NAME = "seattle-weather-lstm";

  @TempDir Path folder;

  /** Trained twice by the same recipe, a preset is the same to the byte. */
  @Tag("learning")
  @Test
  void aPresetIsTrainedAgain() throws IOException {
    row(null);
    Preset first = train();
    byte[] weights = Files.readAllBytes(folder.resolve(first.file()));
    assertTrue(first.metric().value() > 2 && first.metric().value() < 10, first.toString());
    assertEquals("MAE (°C)", first.metric().name());
    assertEquals(4, first.architecture().get("hiddenSize"));
    assertEquals(weights.length, first.bytes());
    Preset second = train();
    assertEquals(first.metric(), second.metric());
    assertEquals(first.furtherMetrics(), second.furtherMetrics());
    assertEquals(first.parameters(), PresetList.read(folder).get(NAME).parameters());
  }

  @Test
  void aMetricThatIsMissedWritesNothing() throws IOException {
    row(new Metric("MAE (°C)", 0.1));
    byte[] list = Files.readAllBytes(folder.resolve(PresetList.FILE));
    String message = assertThrows(PresetMissedException.class, this::train).getMessage();
    assertTrue(message.contains("the list says 0.1"), message);
    assertArrayEquals(list, Files.readAllBytes(folder.resolve(PresetList.FILE)));
    assertTrue(Files.notExists(folder.resolve(NAME + ".zip")));
  }

  @Test
  void anUnknownName() throws IOException {
    row(null);
    TrainPresetOptions options = options();
    options.name = "none";
    String message =
        assertThrows(BadOptionException.class, () -> TrainPreset.run(options, out())).getMessage();
    assertTrue(message.contains(NAME), message);
  }

  private Preset train() {
    return TrainPreset.run(options(), TrainPresetTest::shortRecipe, out());
  }

  private TrainPresetOptions options() {
    TrainPresetOptions options = new TrainPresetOptions();
    options.name = NAME;
    options.folder = folder;
    return options;
  }

  private static Recipe shortRecipe(Preset preset) {
    Recipe whole = PresetTraining.recipe(preset);
    return new Recipe(
        whole.name(),
        whole.task(),
        whole.data(),
        whole.recurrence(),
        Map.of("hiddenSize", 4),
        Map.of("epochs", 1, "validationSplit", 0.2),
        whole.optimizer());
  }

  private static PrintStream out() {
    return new PrintStream(PrintStream.nullOutputStream());
  }

  private void row(Metric metric) throws IOException {
    Preset real = Presets.find(NAME).orElseThrow();
    new PresetList(
            List.of(
                new Preset(
                    NAME,
                    real.task(),
                    real.about(),
                    real.data(),
                    real.licence(),
                    real.recipe(),
                    real.seed(),
                    real.heldOut(),
                    metric,
                    false,
                    0.05,
                    List.of(),
                    real.architecture(),
                    0,
                    0,
                    real.file(),
                    0,
                    "")))
        .write(folder);
  }
}
