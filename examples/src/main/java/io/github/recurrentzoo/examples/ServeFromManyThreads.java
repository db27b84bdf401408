package io.github.recurrentzoo.examples;

import io.github.recurrentzoo.zoo.classification.Prediction;
import io.github.recurrentzoo.zoo.classification.TextClassifier;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks one model from many threads at once, as a service does: a pipeline is safe for that. */
public final class ServeFromManyThreads {
  private ServeFromManyThreads() {}

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    run(classifier, 10_000, System.out);
  }

  static List<Prediction> run(TextClassifier classifier, int requests, PrintStream out)
      throws InterruptedException, ExecutionException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<Prediction>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        String text = "a machine that cuts grass, number " + i;
        answers.add(pool.submit(() -> classifier.predict(text)));
      }
      List<Prediction> predictions = new ArrayList<>();
      for (Future<Prediction> answer : answers) {
        predictions.add(answer.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(
          Locale.ROOT,
          "%,d answers from %d threads in %.1f s, %,.0f a second%n",
          requests,
          threads,
          seconds,
          requests / seconds);
      return predictions;
    } finally {
      pool.shutdown();
    }
  }
}
