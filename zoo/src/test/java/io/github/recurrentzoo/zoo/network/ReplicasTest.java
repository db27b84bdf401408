package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.classification.TextClassification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(30)
class ReplicasTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final AtomicInteger made = new AtomicInteger();
  private final Replicas<int[]> replicas = new Replicas<>(() -> new int[] {made.incrementAndGet()});

  @Test
  void oneIsEnoughForQuestionsOneAfterTheOther() {
    for (int i = 0; i < 5; i++) {
      assertEquals(1, replicas.<Integer>ask(one -> one[0]));
    }
    assertEquals(1, made.get());
  }

  /** As many as there are processors are inside at once, and the next one waits. */
  @Test
  void asManyAtOnceAsProcessors() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS + 1);
    CountDownLatch inside = new CountDownLatch(PROCESSORS);
    CountDownLatch leave = new CountDownLatch(1);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < PROCESSORS; i++) {
        answers.add(
            threads.submit(
                () ->
                    replicas.ask(
                        one -> {
                          inside.countDown();
                          await(leave);
                          return one[0];
                        })));
      }
      assertTrue(inside.await(20, TimeUnit.SECONDS), "they wait for each other");
      Future<Integer> late = threads.submit(() -> replicas.ask(one -> one[0]));
      Thread.sleep(100);
      assertEquals(PROCESSORS, made.get());
      assertTrue(!late.isDone());
      leave.countDown();
      late.get();
      assertEquals(PROCESSORS, answers.stream().map(ReplicasTest::get).distinct().count());
      assertEquals(PROCESSORS, made.get());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Where each thread that asks asks again, nobody waits for a turn that nobody gives back. */
  @Test
  void questionsWithinQuestions() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2 * PROCESSORS);
    try {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 20 * PROCESSORS; i++) {
        answers.add(
            threads.submit(
                () -> replicas.<Boolean>ask(one -> replicas.ask(two -> one[0] != two[0]))));
      }
      for (Future<Boolean> answer : answers) {
        assertTrue(answer.get());
      }
      assertTrue(made.get() <= 2 * PROCESSORS, made + " made");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneInWhichAQuestionThrewIsNotAskedAgain() {
    int[] first = replicas.ask(one -> one);
    assertThrows(
        IllegalStateException.class,
        () ->
            replicas.ask(
                one -> {
                  assertSame(first, one);
                  throw new IllegalStateException("half done");
                }));
    for (int i = 0; i <= PROCESSORS; i++) { // nor is its turn lost
      assertNotSame(first, replicas.<int[]>ask(one -> one));
    }
  }

  @ParameterizedTest
  @EnumSource
  void networksShareTheirParametersAndAnswerTheSame(Recurrence recurrence) {
    ComputationGraph network =
        TextClassification.builder()
            .recurrence(recurrence)
            .vocabularySize(9)
            .embeddingSize(3)
            .hiddenSize(4)
            .classes(3)
            .build()
            .init();
    Replicas<ComputationGraph> networks = Replicas.of(network);
    INDArray input = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {8, 0, 5}});
    networks.ask(
        one -> {
          assertSame(network, one);
          return networks.ask(
              two -> {
                assertNotSame(network, two);
                assertEquals(one.outputSingle(input), two.outputSingle(input));
                assertEquals(one.params().data().address(), two.params().data().address());
                assertNull(two.getUpdater().getStateViewArray(), "an updater's state");
                return null;
              });
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int get(Future<Integer> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
