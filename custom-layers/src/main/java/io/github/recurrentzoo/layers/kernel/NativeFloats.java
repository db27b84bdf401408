package io.github.recurrentzoo.layers.kernel;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory outside of the Java heap, which BLAS reads and writes; it grows when more is asked for and
 * goes with this object. Element-wise work is done on Java arrays, for only there does the JIT make
 * vector instructions of loops; copying from one to the other goes at the speed of the cache.
 */
final class NativeFloats {

  /** What a buffer of Java can reach: its size in bytes is an int. */
  static final int MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES;

  private FloatPointer memory = new FloatPointer();
  private FloatBuffer buffer = FloatBuffer.allocate(0);
  private long address;

  /** Makes room for so many numbers; what was there before may be lost. */
  void ensure(long floats) {
    if (floats > MAX_FLOATS) {
      throw new IllegalArgumentException(
          "The minibatch needs a buffer of "
              + floats
              + " numbers, but one holds "
              + MAX_FLOATS
              + "; take fewer rows, or cut the sequences");
    }
    if (floats > buffer.capacity()) {
      FloatPointer old = memory;
      memory = new FloatPointer();
      buffer = FloatBuffer.allocate(0); // should there be no room, nothing refers to the old one
      address = 0;
      old.close();
      memory = new FloatPointer(floats);
      buffer = memory.asBuffer();
      address = memory.address();
    }
  }

  /** The memory as a buffer, for bulk reads and writes at absolute positions. */
  FloatBuffer buffer() {
    return buffer;
  }

  /** The address of an element. */
  long address(long element) {
    return address + element * Float.BYTES;
  }

  void get(long from, float[] to, int count) {
    buffer.get((int) from, to, 0, count);
  }

  void put(long to, float[] from, int count) {
    buffer.put((int) to, from, 0, count);
  }
}
