package io.github.recurrentzoo.layers.kernel;

import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The size of the process. Memory outside of the Java heap is freed when garbage is collected, and
 * the heap may have no need of that for long. So JavaCPP looks at the size of the process whenever
 * it registers memory, which is several times for each array of ND4J: half of the 20 microseconds
 * that an array takes to make. Here a thread of its own looks, twice a second.
 */
public final class PhysicalMemory {

  /** JavaCPP's limit in bytes; 0 for none. It is read once. */
  static final String PROPERTY = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static final Logger LOG = LoggerFactory.getLogger(PhysicalMemory.class);
  private static final long INTERVAL_MILLIS = 500;
  private static final long LONGEST_INTERVAL_MILLIS = 60_000;

  private static boolean prepared;

  private PhysicalMemory() {}

  /** Takes the look over from JavaCPP, unless the user has set its limit. */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    if (System.getProperty(PROPERTY) == null
        && System.getProperty(PROPERTY.toLowerCase(Locale.ROOT)) == null) {
      System.setProperty(PROPERTY, "0");
      initializeJavaCpp();
      if (Pointer.maxPhysicalBytes() != 0) {
        LOG.warn(
            "FusedKernels.prepare() comes too late, since ND4J has been used already: to make an"
                + " array takes twice as long as it could, and the libraries may have been unpacked"
                + " again. Call it first of all, in the first line of main.");
        return;
      }
      Thread thread = new Thread(PhysicalMemory::watch, "recurrentzoo-memory");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Pointer and Loader of JavaCPP need each other while they are initialised: two threads that
   * begin at either end wait for each other for ever. So this thread does it before there is
   * another one.
   */
  private static void initializeJavaCpp() {
    Pointer.maxBytes();
  }

  private static void watch() {
    try {
      Thread.sleep(INTERVAL_MILLIS); // there is nothing to see yet
      if (Pointer.maxBytes() > 0) { // else there was no limit before
        watch(Pointer.maxBytes() + 3 * Runtime.getRuntime().maxMemory());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody wants no such thread
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("There is no native memory to watch", e); // as whoever wants some is told
    }
  }

  /** The limit is JavaCPP's own. */
  private static void watch(long limit) throws InterruptedException {
    long interval = INTERVAL_MILLIS;
    while (true) {
      if (Pointer.physicalBytes() > limit) {
        System.gc();
        Thread.sleep(INTERVAL_MILLIS);
        if (Pointer.physicalBytes() <= limit) {
          interval = INTERVAL_MILLIS;
        } else { // it is no garbage: look less often
          if (interval == INTERVAL_MILLIS) {
            LOG.warn(
                "The process has {} bytes of memory, more than {} (four times the heap), and a"
                    + " collection of garbage did not help. A larger heap, -Xmx, raises the limit.",
                Pointer.physicalBytes(),
                limit);
          }
          interval = Math.min(2 * interval, LONGEST_INTERVAL_MILLIS);
        }
      }
      Thread.sleep(interval);
    }
  }
}
