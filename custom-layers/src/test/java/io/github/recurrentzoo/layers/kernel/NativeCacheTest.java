package io.github.recurrentzoo.layers.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.recurrentzoo.layers.FusedKernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Which files a start unpacks: those whose key, the inode, is another one afterwards. Links to the
 * first files keep their inodes from being used again.
 */
@DisabledOnOs(OS.WINDOWS)
class NativeCacheTest {

  @TempDir Path folder;
  @TempDir Path links;
  private int count;

  /**
   * A start, prepared or not, as far as JavaCPP unpacks the smaller libraries of ND4J's jar, which
   * has local times only; those of JavaCPP's own jars have moments as well.
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      FusedKernels.prepare();
    }
    String folder = "/org/nd4j/linalg/cpu/nativecpu/bindings/" + Loader.getPlatform() + "/";
    for (String library : List.of(System.mapLibraryName("jnind4jcpu"), "libgomp.so.1")) {
      Loader.cacheResource(Nd4j.class, folder + library); // null where the platform has none
    }
  }

  /** One that has not been prepared. */
  public static final class Unprepared {
    private Unprepared() {}

    /** As above. */
    public static void main(String[] args) throws IOException {
      NativeCacheTest.main(new String[] {"unprepared"});
    }
  }

  private Map<Path, Object> start(Class<?> main, String timeZone) throws Exception {
    ForkedJava.run(
        main,
        List.of("-Dorg.bytedeco.javacpp.cachedir=" + folder, "-Duser.timezone=" + timeZone),
        Map.of());
    try (Stream<Path> files = Files.walk(folder)) {
      Map<Path, Object> keys = new TreeMap<>();
      for (Path file : files.filter(NativeCacheTest::isLibrary).toList()) {
        keys.put(file, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        Files.createLink(links.resolve(String.valueOf(count++)), file);
      }
      return keys;
    }
  }

  private static boolean isLibrary(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !file.getFileName().toString().equals(".lock");
  }

  @Test
  void anotherTimeZoneUnpacksNothing() throws Exception {
    Map<Path, Object> first = start(NativeCacheTest.class, "UTC");
    assertFalse(first.isEmpty());
    assertEquals(first, start(NativeCacheTest.class, "Pacific/Kiritimati")); // UTC+14
    assertEquals(first, start(NativeCacheTest.class, "America/St_Johns")); // UTC-3:30
  }

  /** When this fails, JavaCPP has been mended, and NativeCache can go. */
  @Test
  void trap36JavaCppUnpacksAgain() throws Exception {
    Map<Path, Object> first = start(Unprepared.class, "UTC");
    assertEquals(first, start(Unprepared.class, "UTC"));
    assertNotEquals(first, start(Unprepared.class, "Asia/Tokyo"));
  }

  /** A file that is not the one of the jar is JavaCPP's to replace. */
  @Test
  void whatIsNotTheSameFileIsUnpackedAgain() throws Exception {
    Map<Path, Object> first = start(NativeCacheTest.class, "UTC");
    Path cut = largest(first);
    Files.write(cut, new byte[] {1, 2, 3});
    assertEquals(first.keySet(), start(NativeCacheTest.class, "Asia/Tokyo").keySet());
    assertNotEquals(3, Files.size(cut));
  }

  private static Path largest(Map<Path, Object> files) throws IOException {
    Path largest = null;
    for (Path file : files.keySet()) {
      if (largest == null || Files.size(file) > Files.size(largest)) {
        largest = file;
      }
    }
    return largest;
  }
}
