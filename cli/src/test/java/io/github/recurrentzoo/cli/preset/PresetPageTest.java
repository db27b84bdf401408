package io.github.recurrentzoo.cli.preset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.cli.option.NetworkArguments;
import io.github.recurrentzoo.zoo.network.Recurrence;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetPageTest {

  private static final Path PROJECT = Path.of("..");

  static List<Preset> presets() {
    return Presets.list();
  }

  @Test
  void thePageIsThatOfTheList() throws IOException {
    assertEquals(
        PresetPage.page(Presets.list()),
        Files.readString(PROJECT.resolve("docs/zoo.md")),
        "docs/zoo.md is older than presets.json. Write it again from the folder of the project: ./recurrent-zoo preset page");
  }

  @Test
  void theListOfTheClassPathIsThatOfTheSources() {
    assertEquals(Presets.list(), PresetList.read(PROJECT.resolve(PresetList.FOLDER)).presets());
  }

  /** Each command can be parsed, and names the network that the weights are of. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void theCommandIsOneOfTheExamples(Preset preset) {
    PresetTraining training = PresetTraining.of(preset.command(), Path.of("trained"));
    Object hidden = preset.architecture().get("hiddenSize");
    NetworkArguments network = training.network();
    assertEquals(hidden, network.hiddenSize);
    assertEquals(Recurrence.of(preset.architecture()), network.recurrence);
    assertEquals(preset.architecture().get("stateCarry"), network.stateCarry.name());
    assertEquals(preset.architecture().get("dropOut"), network.dropOut);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.5, 0.5",
    "0.857600001, 0.8576",
    "1, 1",
    "2.8829, 2.883",
    "0.0000123456, 1.235e-05",
    "126, 126",
    "10, 10",
    "1000, 1000"
  })
  void numbersAreShort(double value, String expected) {
    assertEquals(expected, PresetPage.number(value));
  }

  @Test
  void aNewRowChangesThePage() {
    List<Preset> presets = Presets.list();
    String page = PresetPage.page(presets.subList(1, presets.size()));
    assertTrue(!page.contains("`" + presets.get(0).name() + "`](#"), page);
  }
}
