package io.github.recurrentzoo.zoo.training;

import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a folder to one training at a time. The system lets go of the lock when the process ends,
 * however it ends; the file may stay behind, and means nothing then.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".checkpoint.lock";
  private static final int ATTEMPTS = 10;

  /**
   * Those of this process. To look at a file that is locked already would, on POSIX, let go of its
   * lock when it is closed.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @throws CheckpointException if another training has it
   * @throws ModelFileException if no file can be made in it
   */
  static FolderLock of(Path folder) {
    synchronized (HELD) {
      try {
        Path file = folder.toRealPath().resolve(NAME);
        FileChannel channel = HELD.contains(file) ? null : lock(file);
        if (channel == null) {
          throw new CheckpointException(
              "Another training is writing its checkpoints into the folder %s. Choose another folder for this one, or wait until that one has ended."
                  .formatted(folder));
        }
        HELD.add(file);
        return new FolderLock(file, channel);
      } catch (IOException e) {
        throw new ModelFileException(
            "Cannot lock the folder %s for checkpoints: %s. See to the right to write there, or choose another folder."
                .formatted(folder, AtomicFile.reason(e)),
            e);
      }
    }
  }

  /** The file locked, or null if another process has it. */
  @SuppressWarnings("resource") // the caller closes it, which ends the lock
  private static FileChannel lock(Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return null;
      }
      if (Files.exists(file)) {
        return channel;
      }
      channel.close(); // whoever had it removed it in between
    }
    return null;
  }

  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(file);
      try (channel) {
        Files.deleteIfExists(file); // before the lock ends, or it might be another one's
      } catch (IOException e) {
        file.toFile().deleteOnExit(); // without the lock it is of no harm
      }
    }
  }
}
