package io.github.recurrentzoo.zoo.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file as a whole or not at all: nobody ever sees half of it, and a failure leaves nothing
 * behind.
 */
public final class AtomicFile {

  /** What is to be written. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all of it.
     *
     * @throws IOException if the stream cannot be written to
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes the content into a new file in the same folder, forces it to the disk and gives it its
   * name.
   *
   * @throws ModelFileException if that fails; then a file that had the name before is still there,
   *     unchanged
   */
  public static void write(Path file, Content content) {
    Path target = checkTarget(file);
    Path unfinished = unfinished(target);
    try {
      try (FileChannel channel =
              FileChannel.open(
                  unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    } finally {
      deleteQuietly(unfinished);
    }
  }

  /**
   * Finds out whether a file can be written there, by making an empty one beside it and removing it
   * again.
   *
   * @throws ModelFileException if not
   */
  public static void check(Path file) {
    Path probe = unfinished(checkTarget(file));
    try {
      Files.createFile(probe);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    } finally {
      deleteQuietly(probe);
    }
  }

  private static Path checkTarget(Path file) {
    Path target = file.toAbsolutePath().normalize();
    if (Files.isDirectory(target)) {
      throw new ModelFileException(
          "Cannot save %s: it is a folder. Give the name of a file, such as %s."
              .formatted(file, file.resolve("model.zip")));
    }
    Path folder = target.getParent();
    if (!Files.exists(folder)) {
      throw new ModelFileException(
          "Cannot save %s: the folder %s does not exist. Make it or choose another one."
              .formatted(file, folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new ModelFileException(
          "Cannot save %s: %s is a file, not a folder. Choose another place."
              .formatted(file, folder));
    }
    try {
      // A link stays a link; the file that it points to is replaced.
      return Files.exists(target) ? target.toRealPath() : target;
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static Path unfinished(Path target) {
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static ModelFileException cannotWrite(Path file, IOException e) {
    return new ModelFileException(
        "Cannot save %s: %s. Nothing was written, and a file that was there before is unchanged. See to free space and the right to write there, or choose another folder."
            .formatted(file, reason(e)),
        e);
  }

  /** Why a file operation failed, without the path, which the caller names. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    String reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getMessage();
    return reason == null || reason.isBlank() ? e.getClass().getSimpleName() : reason;
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit(); // the error that counts is the one already under way
    }
  }
}
