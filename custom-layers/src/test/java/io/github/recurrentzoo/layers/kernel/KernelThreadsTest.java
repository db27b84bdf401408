package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelThreadsTest {

  @AfterEach
  void forgetProperty() {
    System.clearProperty(KernelThreads.PROPERTY);
  }

  @Test
  void runsEachTaskOnce() {
    AtomicIntegerArray runs = new AtomicIntegerArray(50);
    KernelThreads.run(50, runs::incrementAndGet);
    for (int i = 0; i < 50; i++) {
      assertEquals(1, runs.get(i), "task " + i);
    }
  }

  /** More callers than threads, each of which hands out tasks from within tasks. */
  @Test
  void manyCallersAtOnceGetOn() {
    AtomicInteger done = new AtomicInteger();
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          List<Thread> callers = new ArrayList<>();
          for (int i = 0; i < 16; i++) {
            Thread caller =
                new Thread(
                    () -> {
                      for (int k = 0; k < 200; k++) {
                        KernelThreads.run(
                            4, task -> KernelThreads.run(3, inner -> done.incrementAndGet()));
                      }
                    });
            callers.add(caller);
            caller.start();
          }
          for (Thread caller : callers) {
            caller.join();
          }
        });
    assertEquals(16 * 200 * 4 * 3, done.get());
  }

  /** A failure reaches the caller, and not before all others are done. */
  @Test
  void aFailureReachesTheCaller() {
    for (int failing = 0; failing < 4; failing++) {
      int number = failing;
      IllegalStateException failure = new IllegalStateException("task " + number);
      AtomicInteger done = new AtomicInteger();
      Exception thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  KernelThreads.run(
                      4,
                      task -> {
                        if (task == number) {
                          throw failure;
                        }
                        done.incrementAndGet();
                      }));
      assertSame(failure, thrown);
      assertEquals(3, done.get());
    }
  }

  /** However many fail, nobody is at work any more when the caller hears of it. */
  @Test
  void allAreDoneWhenSeveralFail() {
    for (int run = 0; run < 20; run++) {
      AtomicInteger done = new AtomicInteger();
      Exception thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  KernelThreads.run(
                      6,
                      task -> {
                        if (task < 3) {
                          throw new IllegalStateException("task " + task);
                        }
                        LockSupport.parkNanos(1_000_000);
                        done.incrementAndGet();
                      }));
      assertEquals(3, done.get());
      assertEquals(2, thrown.getSuppressed().length);
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    AtomicInteger done = new AtomicInteger();
    Thread.currentThread().interrupt();
    KernelThreads.run(4, task -> done.incrementAndGet());
    assertTrue(Thread.interrupted());
    assertEquals(4, done.get());
  }

  @Test
  void thePropertySetsTheNumber() {
    System.setProperty(KernelThreads.PROPERTY, " 3 ");
    assertEquals(3, KernelThreads.count());
    for (String wrong : new String[] {"0", "-1", "two", ""}) {
      System.setProperty(KernelThreads.PROPERTY, wrong);
      Exception e = assertThrows(IllegalArgumentException.class, KernelThreads::count);
      assertTrue(e.getMessage().contains("\"" + wrong + "\""), e.getMessage());
    }
  }
}
