package io.github.recurrentzoo.zoo.forecasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.model.ModelFileException;
import io.github.recurrentzoo.zoo.series.TimeSeries;
import io.github.recurrentzoo.zoo.series.TimeStep;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of a forecaster: readable by plain Deeplearning4j, and refused when it is damaged. */
class ForecasterFileTest {

  @TempDir Path folder;

  private Path saved() {
    double[] y = new double[80];
    for (int t = 0; t < y.length; t++) {
      y[t] = Math.sin(t);
    }
    Path file = folder.resolve("model.zip");
    Forecaster.train(
            TimeSeries.of(LocalDate.of(2024, 1, 1), TimeStep.days(1), Map.of("y", y)),
            ForecastOptions.builder().targets("y").lookback(5).horizon(2).build(),
            SequenceForecasting.builder().hiddenSize(3).build(),
            TrainingOptions.builder().epochs(1).validationSplit(0.2).build())
        .save(file);
    return file;
  }

  @Test
  void plainDeeplearning4jOpensIt() throws IOException {
    assertEquals(
        2,
        ModelSerializer.restoreComputationGraph(saved().toFile())
            .layerSize(SequenceForecasting.OUTPUT));
  }

  @ParameterizedTest(name = "{0}: {2} for {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "series | \"horizon\":2 | \"horizon\":3 | The entry series.json",
        "series | \"lookback\":5 | \"lookback\":0 | series.json",
        "series | \"seasonality\":7 | \"seasonality\":0 | has no season of 1 row at least",
        "series | \"calendarFeatures\":[] | \"calendarFeatures\":[\"MONTH\"] | has 3 elements, but its network was made for 1",
        "series | \"pastCovariates\":[] | \"pastCovariates\":[\"x\"] | has 1 scalers for 2 columns",
        "measures | \"halfWidths\":[ | \"halfWidths\":[1.0, | The entry measures.json",
        "measures | \"halfWidths\":[ | \"halfWidths\":[-1 | has the half width -1",
        "measures | \"scales\":[ | \"scales\":[1.0, | The entry measures.json",
        "options | \"loss\":\"SQUARED\" | \"loss\":\"CUBIC\" | has no known architecture.loss",
      })
  void aDamagedFileIsRefused(String entry, String old, String changed, String expected)
      throws IOException {
    Path file = folder.resolve("damaged.zip");
    changeEntry(entry, old, changed, file);
    ModelFileException e = assertThrows(ModelFileException.class, () -> Forecaster.load(file));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private void changeEntry(String name, String old, String changed, Path file) throws IOException {
    int changes = 0;
    try (ZipFile zip = new ZipFile(saved().toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().equals(name + ".json")) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          changes += text.contains(old) ? 1 : 0;
          bytes = text.replace(old, changed).getBytes(StandardCharsets.UTF_8);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(bytes);
        out.closeEntry();
      }
    }
    assertEquals(1, changes, "there is nothing to change");
  }
}
