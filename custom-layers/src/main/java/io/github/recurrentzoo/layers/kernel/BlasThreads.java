package io.github.recurrentzoo.layers.kernel;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack.MklSetNumThreadsLocal;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;

/**
 * Keeps OpenBLAS on one thread while kernels run: they cut the batch into shards for threads of
 * their own, and OpenBLAS would split each small product once more.
 *
 * <p>OpenBLAS has one number for the whole process. It is set to one when the first kernel begins
 * and put back when the last one ends. JavaCPP's {@code blas_set_num_threads} looks up four symbols
 * in all libraries each time, which takes half a millisecond; here they are looked up once.
 */
final class BlasThreads {

  private static final SetNumThreads SET;
  private static final MklSetNumThreadsLocal GET;

  private static int running;
  private static int before;

  static {
    Loader.load(org.bytedeco.openblas.global.openblas_nolapack.class);
    Pointer set = Loader.addressof("openblas_set_num_threads");
    Pointer get = Loader.addressof("openblas_get_num_threads");
    if (set == null || get == null) { // MKL in its place, say; it looks after itself
      SET = null;
      GET = null;
    } else {
      SET = new SetNumThreads() {}.put(set);
      // A function that returns an int; the argument that this type passes is not looked at.
      GET = new MklSetNumThreadsLocal() {}.put(get);
    }
  }

  private BlasThreads() {}

  static synchronized void enter() {
    if (SET == null || running++ > 0) {
      return;
    }
    before = GET.call(0);
    if (before != 1) {
      SET.call(1);
    }
  }

  static synchronized void leave() {
    if (SET == null || --running > 0) {
      return;
    }
    if (before != 1) {
      SET.call(before);
    }
  }
}
