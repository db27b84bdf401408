package io.github.recurrentzoo.layers.kernel;

import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The size of the process. Memory outside of the Java heap is freed when garbage is collected, and
 * the heap may have no need of that for long. So JavaCPP looks at the size of the process whenever
 * it registers memory, which is several times for each array of ND4J: half of the 20 microseconds
 * that an array takes to make. Here it is looked at twice a second while kernels run.
 */
public final class PhysicalMemory {

  /** JavaCPP's limit in bytes; 0 for none. It is read once. */
  static final String PROPERTY = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static final Logger LOG = LoggerFactory.getLogger(PhysicalMemory.class);
  private static final long INTERVAL = 500_000_000; // nanoseconds

  private static volatile boolean ours;
  private static volatile long lastCheck = System.nanoTime();

  private PhysicalMemory() {}

  /** Takes the check over from JavaCPP, unless the user has set its limit. */
  public static void prepare() {
    if (System.getProperty(PROPERTY) == null
        && System.getProperty(PROPERTY.toLowerCase(java.util.Locale.ROOT)) == null) {
      System.setProperty(PROPERTY, "0");
      ours = true;
    }
  }

  /** Collects garbage if the process is larger than JavaCPP lets it be by default. */
  static void check() {
    long now = System.nanoTime();
    if (!ours || now - lastCheck < INTERVAL) {
      return;
    }
    lastCheck = now;
    if (Pointer.maxPhysicalBytes() > 0) {
      ours = false; // prepare came too late, so JavaCPP still looks by itself
      return;
    }
    long limit = Pointer.maxBytes() + 3 * Runtime.getRuntime().maxMemory();
    long size = Pointer.physicalBytes();
    if (size > limit) {
      LOG.debug("The process has {} bytes, more than {}: garbage is collected", size, limit);
      System.gc();
    }
  }
}
