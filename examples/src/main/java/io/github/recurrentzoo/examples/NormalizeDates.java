package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.datasets.WrittenDates;
import io.github.recurrentzoo.zoo.training.ConsoleProgress;
import io.github.recurrentzoo.zoo.training.TrainingOptions;
import io.github.recurrentzoo.zoo.training.TrainingRun;
import io.github.recurrentzoo.zoo.translation.PairSplit;
import io.github.recurrentzoo.zoo.translation.SequenceToSequence;
import io.github.recurrentzoo.zoo.translation.SequenceTranslator;
import io.github.recurrentzoo.zoo.translation.TextPair;
import java.io.PrintStream;
import java.util.List;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Learns to turn dates as 20 locales write them into ISO dates. */
public final class NormalizeDates {
  private NormalizeDates() {}

  public static void main(String[] args) {
    SequenceTranslator translator = run(WrittenDates.of(1950, 2049, 3, 42), 5, System.out);
    for (String date : List.of("Saturday 12 March 2022", "12.März 2022", "2022 年 3 月 12 日")) {
      System.out.println(date + ": " + translator.translate(date).text());
    }
  }

  static SequenceTranslator run(List<TextPair> dates, int epochs, PrintStream out) {
    // By what they mean, so that no date of the test was seen in any locale.
    PairSplit split = PairSplit.byTarget(dates, 0.1, 42);
    SequenceTranslator translator =
        SequenceTranslator.train(
            split.training(),
            SequenceToSequence.builder()
                .bidirectional(true)
                .hiddenSize(128)
                .clipNorm(5)
                .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.003, 0.8)))
                .build(),
            TrainingOptions.builder().epochs(epochs).batchSize(128).build(),
            TrainingRun.of(ConsoleProgress.on(out)));
    out.println(translator.evaluate(split.test()));
    return translator;
  }
}
