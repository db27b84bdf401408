package io.github.recurrentzoo.zoo.network;

import io.github.recurrentzoo.layers.FusedKernels;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many threads ND4J's native code uses for one operation.
 *
 * <p>A recurrent network is a long row of small operations. On several threads they are slower than
 * on one, and many times slower when another process wants a core, for then the threads wait for
 * each other at barriers (docs/adr/0004).
 */
public final class NativeThreads {

  private static volatile boolean blasIsSet;

  private NativeThreads() {}

  /**
   * One thread per operation, unless the environment variable OMP_NUM_THREADS says otherwise: for
   * the calling thread in ND4J's own operations (OpenMP keeps the number by thread), for the whole
   * process in BLAS, and from then on.
   */
  public static void useOne() {
    useOneUnless(System.getenv("OMP_NUM_THREADS"));
  }

  static void useOneUnless(String chosenByUser) {
    FusedKernels.prepare(); // has to come before the native library
    if (chosenByUser != null) {
      return;
    }
    Nd4j.getEnvironment(); // loads the native library
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    if (!blasIsSet) { // which takes half a millisecond
      Nd4j.factory().blas().setMaxThreads(1);
      blasIsSet = true;
    }
  }
}
