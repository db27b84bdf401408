package io.github.recurrentzoo.cli;

import io.github.recurrentzoo.zoo.forecasting.ForecastOptions;
import io.github.recurrentzoo.zoo.forecasting.Forecaster;
import io.github.recurrentzoo.zoo.forecasting.SequenceForecasting;
import io.github.recurrentzoo.zoo.generation.TextGeneration;
import io.github.recurrentzoo.zoo.generation.TextGenerator;
import io.github.recurrentzoo.zoo.series.TimeSeriesReader;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPairReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.nd4j.linalg.learning.config.Adam;

/** Models that are trained within a second, each saved as model.zip in a folder. */
public final class TinyModels {

  private static final long SEED = Long.parseLong(Run.SEED);

  private TinyModels() {}

  private static TrainingOptions training(int epochs) {
    return TrainingOptions.builder()
        .epochs(epochs)
        .patience(epochs)
        .batchSize(8)
        .seed(SEED)
        .validationSplit(0.2)
        .build();
  }

  private static Path file(Path folder) throws IOException {
    return Files.createDirectories(folder).resolve("model.zip");
  }

  /** A series as CSV: two waves on a level. */
  public static String waves(String columns, double level, int rows, int days) {
    StringBuilder csv = new StringBuilder("day," + columns + "\n");
    for (int t = 0; t < rows; t++) {
      csv.append(
          "%s,%s,%s\n"
              .formatted(
                  LocalDate.of(2024, 1, 1).plusDays((long) t * days),
                  level + Math.sin(0.7 * t),
                  level + Math.cos(0.7 * t)));
    }
    return csv.toString();
  }

  /** Forecasts y from y and x, three days ahead. */
  public static void forecaster(Path folder) throws IOException {
    Path csv = Files.writeString(file(folder).resolveSibling("s.csv"), waves("y,x", 0, 120, 1));
    Forecaster.train(
            TimeSeriesReader.builder()
                .timeColumn("day")
                .columns(List.of("y", "x"))
                .build()
                .read(csv),
            ForecastOptions.builder()
                .targets("y")
                .pastCovariates("x")
                .lookback(8)
                .horizon(3)
                .build(),
            SequenceForecasting.builder().hiddenSize(8).seed(SEED).updater(new Adam(0.02)).build(),
            training(8))
        .save(file(folder));
  }

  /** Writes of a cat. */
  public static void generator(Path folder) throws IOException {
    TextGenerator.train(
            List.of("the cat sat on the mat.\n".repeat(30)),
            TextGeneration.builder()
                .embeddingSize(6)
                .hiddenSize(16)
                .segmentLength(16)
                .seed(SEED)
                .updater(new Adam(0.02))
                .build(),
            training(6))
        .save(file(folder));
  }

  /** Short words of an alphabet, and the same in capitals, as TSV. */
  public static String pairs(String alphabet, int count) {
    Random random = new Random(3);
    StringBuilder tsv = new StringBuilder();
    for (int i = 0; i < count; i++) {
      StringBuilder source = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        source.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      tsv.append(source).append('\t').append(source.toString().toUpperCase(Locale.ROOT));
      tsv.append('\n');
    }
    return tsv.toString();
  }

  /** Turns a, b, c and d into capitals. */
  public static void translator(Path folder) throws IOException {
    Path tsv = Files.writeString(file(folder).resolveSibling("p.tsv"), pairs("abcd", 200));
    SequenceTranslator.train(
            TextPairReader.builder().build().read(tsv),
            SequenceToSequence.builder()
                .embeddingSize(8)
                .hiddenSize(16)
                .seed(SEED)
                .updater(new Adam(0.02))
                .build(),
            training(12))
        .save(file(folder));
  }
}
