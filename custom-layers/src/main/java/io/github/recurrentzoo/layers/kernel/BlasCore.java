package io.github.recurrentzoo.layers.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of its own kernels OpenBLAS uses. Version 0.3.19, which ND4J brings, does not know AMD's
 * processors with AVX-512: on Zen 4 it takes those for AVX2, on Zen 5 those of 2007 with SSE alone,
 * which are a quarter as fast. It goes by the environment variable OPENBLAS_CORETYPE if that is
 * there when the library is loaded. So the variable is set here, for this process, on Linux on an
 * AMD processor with AVX-512, unless somebody else has set it (docs/adr/0007).
 */
public final class BlasCore {

  private static final Logger LOG = LoggerFactory.getLogger(BlasCore.class);

  private static final String VARIABLE = "OPENBLAS_CORETYPE";
  private static final String SETTING = VARIABLE + "=SkylakeX";

  /** What OpenBLAS's kernels of this name need. */
  private static final Set<String> NEEDED =
      Set.of("avx2", "fma", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

  // Both are read by native code as long as the process lives.
  @SuppressWarnings("unused")
  private static PointerPointer<BytePointer> environment;

  @SuppressWarnings("unused")
  private static BytePointer entry;

  private static boolean prepared;

  private BlasCore() {}

  /** Sets the variable where that helps; after the first call it does nothing. */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    try {
      prepareOnce();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("OpenBLAS chooses by itself", e); // slower, and as right as ever
    }
  }

  private static void prepareOnce() {
    if (System.getenv(VARIABLE) != null || !isOverlooked()) {
      return;
    }
    Loader.load(Loader.class); // JavaCPP alone; not yet OpenBLAS
    if (Loader.addressof("openblas_get_num_threads") != null) {
      LOG.info(
          "OpenBLAS is loaded already and does not know this processor: with the environment"
              + " variable {} matrix products are several times as fast. A call of"
              + " FusedKernels.prepare() before anything of ND4J is used does the same.",
          SETTING);
      return;
    }
    addToEnvironment();
  }

  /**
   * Whether OpenBLAS has its kernels for small products, which are twice as fast as those for large
   * ones: on processors with AVX-512, where it knows them.
   */
  static boolean hasSmallKernels() {
    String chosen = System.getenv(VARIABLE);
    if (chosen != null) {
      return chosen.equalsIgnoreCase("SkylakeX") || chosen.equalsIgnoreCase("Cooperlake");
    }
    return isSet() || isIntel();
  }

  private static synchronized boolean isSet() {
    return entry != null;
  }

  private static boolean isIntel() {
    try {
      Path info = Path.of("/proc/cpuinfo");
      return Files.exists(info) && isWide(Files.readAllLines(info), "GenuineIntel");
    } catch (IOException e) {
      LOG.debug("The kind of processor cannot be read", e);
      return false;
    }
  }

  private static boolean isOverlooked() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return false;
    }
    try {
      return isOverlooked(Files.readAllLines(Path.of("/proc/cpuinfo")));
    } catch (IOException e) {
      LOG.debug("The kind of processor cannot be read", e);
      return false;
    }
  }

  /** Whether the lines of /proc/cpuinfo are those of an AMD processor with AVX-512. */
  static boolean isOverlooked(List<String> lines) {
    return isWide(lines, "AuthenticAMD");
  }

  /** Whether they are those of a vendor's processor with AVX-512. */
  private static boolean isWide(List<String> lines, String vendor) {
    boolean theirs = false;
    Set<String> flags = Set.of();
    for (String line : lines) {
      if (line.startsWith("vendor_id")) {
        theirs = line.endsWith(vendor);
      } else if (line.startsWith("flags")) {
        String[] names = line.substring(line.indexOf(':') + 1).trim().split("\\s+");
        flags = new HashSet<>(Arrays.asList(names));
        break; // all processors are alike
      }
    }
    return theirs && flags.containsAll(NEEDED);
  }

  /**
   * What putenv does: the process gets a copy of its environment with one entry more. Nothing is
   * changed in place, so that native code which reads the old one goes on undisturbed.
   */
  private static void addToEnvironment() {
    Pointer variable = Loader.addressof("environ"); // char** environ
    if (variable == null) {
      LOG.debug("No environment to set {} in", SETTING);
      return;
    }
    PointerPointer<BytePointer> pointerToEnviron = new PointerPointer<>(variable);
    PointerPointer<BytePointer> old = new PointerPointer<>(pointerToEnviron.get());
    int count = 0;
    while (old.get(count) != null) {
      count++;
    }
    entry = new BytePointer(SETTING, StandardCharsets.US_ASCII);
    environment = new PointerPointer<>(count + 2L);
    for (int i = 0; i < count; i++) {
      environment.put(i, old.get(i));
    }
    environment.put(count, entry);
    environment.put(count + 1L, (Pointer) null);
    pointerToEnviron.put(environment);
    LOG.debug("{} is set, since OpenBLAS does not know this processor", SETTING);
  }
}
