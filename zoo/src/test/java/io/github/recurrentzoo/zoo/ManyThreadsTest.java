package io.github.recurrentzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One model answers many threads as it answers one, to the bit. */
class ManyThreadsTest {
  private static final int THREADS = 6;
  private static final int QUESTIONS = 15;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void eachThreadHearsTheSame(Pipelines pipeline) throws Exception {
    Path file = folder.resolve("model.zip");
    pipeline.trainAndSave(file);
    Object model = pipeline.load(file);
    List<Object> alone = pipeline.answers(model);
    Path saved = folder.resolve("saved.zip");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    try {
      List<Future<List<List<Object>>>> heard = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        heard.add(
            threads.submit(
                () -> {
                  List<List<Object>> answers = new ArrayList<>();
                  for (int i = 0; i < QUESTIONS; i++) {
                    answers.add(pipeline.answers(model));
                  }
                  return answers;
                }));
      }
      // While they ask, the model is saved, and another one is made of it.
      threads.submit(() -> pipeline.fineTuneAndSave(model, saved)).get(50, TimeUnit.SECONDS);
      for (Future<List<List<Object>>> one : heard) {
        for (List<Object> answers : one.get(50, TimeUnit.SECONDS)) {
          assertEquals(alone, answers);
        }
      }
    } finally {
      threads.shutdownNow();
      assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    }
    assertEquals(alone, pipeline.answers(pipeline.load(saved)));
  }
}
