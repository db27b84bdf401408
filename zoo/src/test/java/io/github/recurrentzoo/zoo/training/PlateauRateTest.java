package io.github.recurrentzoo.zoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.translation.PairData;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The learning rate falls where the validation loss does not. */
class PlateauRateTest {
  private static final List<TextPair> PAIRS = PairData.reversals(40, 4);

  private static SequenceTranslator train(
      IUpdater updater, TrainingOptions.Builder training, TrainingProgress progress) {
    return SequenceTranslator.train(
        PAIRS,
        SequenceToSequence.builder().hiddenSize(4).embeddingSize(4).updater(updater).build(),
        training.build(),
        TrainingRun.of(progress));
  }

  @Test
  void fallsAfterEachPlateau() {
    List<TrainingProgress.EpochEvent> epochs = new ArrayList<>();
    TrainingProgress progress =
        new TrainingProgress() {
          @Override
          public void onEpoch(EpochEvent event) {
            epochs.add(event);
          }
        };
    // So high a rate that the loss goes up and down.
    SequenceTranslator translator =
        train(
            new Adam(0.5),
            TrainingOptions.builder().epochs(25).patience(25).reduceOnPlateau(2, 0.1),
            progress);
    double expected = 0.5;
    int waited = 0;
    for (TrainingProgress.EpochEvent epoch : epochs) {
      assertEquals(expected, epoch.learningRate(), 1e-12, "epoch " + epoch.epoch());
      waited = epoch.best() ? 0 : waited + 1;
      if (waited == 2) {
        expected *= 0.1;
        waited = 0;
      }
    }
    assertTrue(expected < 0.5, "there was a plateau");
    assertTrue(
        translator.network().getConfiguration().toJson().contains("\"learningRate\" : 0.5"),
        "what is trained on begins with the rate that was asked for");
    assertEquals(2, translator.info().training().plateauPatience());
    assertEquals(0.1, translator.info().training().plateauFactor());
  }

  @Test
  void fallsWhereItFellInAnotherTraining() {
    List<Double> rates = new ArrayList<>();
    TrainingRun run =
        TrainingRun.builder()
            .progress(
                new TrainingProgress() {
                  @Override
                  public void onEpoch(EpochEvent event) {
                    rates.add(event.learningRate());
                  }
                })
            .plateausOf(List.of(3.0, 2.0, 2.0, 1.0))
            .build();
    SequenceTranslator.train(
        PAIRS,
        SequenceToSequence.builder().hiddenSize(4).embeddingSize(4).updater(new Adam(1e-3)).build(),
        TrainingOptions.builder().epochs(5).reduceOnPlateau(1, 0.5).build(),
        run);
    assertEquals(List.of(1e-3, 1e-3, 1e-3, 5e-4, 5e-4), rates);
  }

  @Test
  void aRateThatFallsByItselfIsRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                train(
                    new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.01, 0.9)),
                    TrainingOptions.builder().epochs(2).reduceOnPlateau(1, 0.5),
                    TrainingProgress.SILENT));
    assertTrue(refused.getMessage().contains("must be constant"), refused.getMessage());
  }

  @Test
  void optionsThatCannotBe() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TrainingOptions.builder().reduceOnPlateau(-1, 0.5).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> TrainingOptions.builder().reduceOnPlateau(1, 1).build());
    assertEquals(1, TrainingOptions.builder().build().plateauFactor(), "it does not fall");
  }

  @Test
  void batchesByTheNumberOfRows() {
    TrainingOptions byRows = TrainingOptions.builder().batchSize(0).build();
    assertEquals(16, byRows.batchSize(1));
    assertEquals(16, byRows.batchSize(3_200));
    assertEquals(32, byRows.batchSize(3_201));
    assertEquals(128, byRows.batchSize(1_000_000_000_000L));
    assertEquals(7, TrainingOptions.builder().batchSize(7).build().batchSize(1_000_000));
  }
}
