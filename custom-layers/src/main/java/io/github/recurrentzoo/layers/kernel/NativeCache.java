package io.github.recurrentzoo.layers.kernel;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that JavaCPP unpacks native libraries into. It takes a file there for the one in the
 * jar if both have one size and one time. But ND4J's jar keeps times as a local date and time,
 * without a zone: a process with another time zone reads another moment from the same jar, and
 * unpacks 327 MB again, over files that other processes load at that moment.
 *
 * <p>So the times are corrected here before JavaCPP looks: a file of the right size whose time is
 * off by no more than two time zones are gets the time that the jar has in this process. JavaCPP's
 * own lock is held meanwhile.
 */
public final class NativeCache {

  private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);
  private static final long QUARTER_HOUR_MILLIS = 15 * 60 * 1000L;
  private static final long FURTHEST_MILLIS = 26 * 60 * 60 * 1000L; // UTC-12 to UTC+14

  private static boolean prepared;

  private NativeCache() {}

  /** Corrects the times where that is needed; after the first call it does nothing. */
  public static synchronized void prepare() {
    if (prepared) {
      return;
    }
    prepared = true;
    try {
      Path folder = folder();
      if (folder != null) {
        prepare(folder);
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("The times of native libraries stay as they are", e); // JavaCPP unpacks again
    }
  }

  private static void prepare(Path folder) throws IOException {
    List<Path> off;
    try (Stream<Path> files = Files.walk(folder)) {
      off = files.filter(file -> rightTime(folder, file) != null).toList();
    }
    if (off.isEmpty()) {
      return;
    }
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      for (Path file : off) {
        FileTime right = rightTime(folder, file); // another process may have unpacked it meanwhile
        if (right != null && lock.isValid()) {
          Files.setLastModifiedTime(file, right);
          LOG.debug("{} was unpacked under another time zone; its time is {} now", file, right);
        }
      }
    }
  }

  /** The time that JavaCPP looks for, if the file has another one for its time zone alone. */
  private static FileTime rightTime(Path folder, Path file) {
    Path inFolder = folder.relativize(file);
    if (inFolder.getNameCount() < 2
        || !inFolder.getName(0).toString().endsWith(".jar")
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try {
      String jar = inFolder.getName(0).toString();
      String name = inFolder.subpath(1, inFolder.getNameCount()).toString();
      JarEntry entry = entry(jar, name.replace(File.separatorChar, '/'));
      if (entry == null || entry.getSize() != Files.size(file)) {
        return null;
      }
      long difference = Files.getLastModifiedTime(file).toMillis() - entry.getTime();
      return difference != 0
              && Math.abs(difference) <= FURTHEST_MILLIS
              && difference % QUARTER_HOUR_MILLIS == 0
          ? FileTime.fromMillis(entry.getTime())
          : null;
    } catch (IOException e) {
      return null; // it is being unpacked, or not ours to read
    }
  }

  /** The entry of a jar of that name which our class loader, or that of the thread, has. */
  private static JarEntry entry(String jar, String name) throws IOException {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    for (ClassLoader loader : new ClassLoader[] {NativeCache.class.getClassLoader(), ofThread}) {
      URL url = loader == null ? null : loader.getResource(name);
      URLConnection connection = url == null ? null : url.openConnection();
      if (connection instanceof JarURLConnection inJar
          && new File(inJar.getJarFile().getName()).getName().equals(jar)) {
        return inJar.getJarEntry();
      }
    }
    return null;
  }

  /** The folder that JavaCPP will take, if it is there; null if there is nothing in it yet. */
  private static Path folder() {
    String[] names = {
      System.getProperty("org.bytedeco.javacpp.cachedir"),
      System.getProperty("org.bytedeco.javacpp.cacheDir"),
      System.getProperty("user.home") + "/.javacpp/cache/",
      System.getProperty("java.io.tmpdir")
          + "/.javacpp-"
          + System.getProperty("user.name")
          + "/cache/"
    };
    for (String name : names) {
      if (name != null) {
        File folder = new File(name);
        if (folder.isDirectory() && folder.canRead() && folder.canWrite() && folder.canExecute()) {
          return folder.toPath();
        }
      }
    }
    return null;
  }
}
