package io.github.recurrentzoo.zoo.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class NativeThreadsTest {

  private final NativeOps ops = ops();

  private static NativeOps ops() {
    Nd4j.getEnvironment(); // loads the native library
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  @AfterEach
  void backToOne() {
    ops.setOmpNumThreads(1);
    Nd4j.factory().blas().setMaxThreads(1);
  }

  @Test
  void oneThreadUnlessTheUserChose() {
    ops.setOmpNumThreads(2);
    Nd4j.factory().blas().setMaxThreads(2);
    NativeThreads.useOneUnless("2");
    assertEquals(2, ops.ompGetMaxThreads());
    assertEquals(2, Nd4j.factory().blas().getMaxThreads());
    NativeThreads.useOneUnless(null);
    assertEquals(1, ops.ompGetMaxThreads());
    assertEquals(1, Nd4j.factory().blas().getMaxThreads());
  }
}
