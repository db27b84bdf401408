package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.github.recurrentzoo.zoo.classification.TextClassifier;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OffHeapTest {

  private static final int THREADS = 16;
  private static final int QUESTIONS = 100;
  private static final int SLACK = 500; // an answer makes some 30 pointers

  @Test
  void closesWhatCanBeClosed() {
    INDArray array = Nd4j.ones(4, 4);
    INDArray view = array.get(interval(0, 2));
    OffHeap.close(null, view);
    assertFalse(array.wasClosed());
    OffHeap.close(array);
    assertTrue(array.wasClosed());
    OffHeap.close(array);
  }

  @Test
  void aBatchIsGoneWhenItIsClosed() {
    TokenBatch batch = TokenBatch.of(List.of(new int[] {2, 3}, new int[] {4}), new int[] {0, 1});
    batch.close();
    assertTrue(batch.tokens().wasClosed() && batch.mask().wasClosed());
  }

  /** Many threads that ask leave nothing behind that a collection of garbage does not free. */
  @Test
  void answersLeaveNothingBehind() throws Exception {
    TextClassifier classifier = TextClassifier.pretrained("wordnet-lstm");
    ask(classifier); // replicas, and the workspaces of the threads
    long before = count(0);
    for (int i = 0; i < 3; i++) {
      ask(classifier);
    }
    long after = count(before + SLACK);
    assertTrue(after <= before + SLACK, before + " pointers before, " + after + " after");
  }

  private static void ask(TextClassifier classifier) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> asked =
          IntStream.range(0, THREADS)
              .<Future<?>>mapToObj(
                  t ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < QUESTIONS; i++) {
                              classifier.predict("a small dog that barks");
                            }
                          }))
              .toList();
      for (Future<?> each : asked) {
        each.get();
      }
      assertEquals(THREADS, asked.size());
    } finally {
      threads.shutdown();
    }
  }

  /** The pointers to native memory that are left, collected until there are as few or 10 s. */
  private static long count(long few) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20 && least > few; i++) {
      System.gc();
      Thread.sleep(500);
      long now = Pointer.totalCount();
      if (few == 0 && now >= least) {
        return least;
      }
      least = Math.min(least, now);
    }
    return least;
  }
}
