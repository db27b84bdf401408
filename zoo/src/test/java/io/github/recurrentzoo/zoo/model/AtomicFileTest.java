package io.github.recurrentzoo.zoo.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  /** Writes more than any buffer holds, then fails as a full disk does. */
  private static void diskFull(OutputStream out) throws IOException {
    out.write(new byte[1 << 20]);
    throw new IOException("No space left on device");
  }

  @Test
  void aFullDiskLeavesNothingBehind() throws Exception {
    Path file = folder.resolve("model.zip");
    String message =
        assertThrows(
                ModelFileException.class, () -> AtomicFile.write(file, AtomicFileTest::diskFull))
            .getMessage();
    assertTrue(message.startsWith("Cannot save " + file + ": No space left on device."), message);
    assertEquals(List.of(), list());
  }

  @Test
  void aFullDiskLeavesTheEarlierFileAsItWas() throws Exception {
    Path file = Files.writeString(folder.resolve("model.zip"), "earlier");
    assertThrows(ModelFileException.class, () -> AtomicFile.write(file, AtomicFileTest::diskFull));
    assertEquals("earlier", Files.readString(file));
    assertEquals(List.of(file), list());
  }

  @Test
  void anyOtherFailureLeavesNothingBehindEither() throws Exception {
    Path file = folder.resolve("model.zip");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IllegalStateException("no network");
                }));
    assertEquals(List.of(), list());
  }

  @Test
  void nobodySeesTheFileBeforeItIsWhole() throws Exception {
    Path file = folder.resolve("model.zip");
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          assertFalse(Files.exists(file));
        });
    assertEquals(1 << 20, Files.size(file));
  }

  @Test
  void aMissingFolderIsNamed() throws Exception {
    Path file = folder.resolve("missing/model.zip");
    for (ModelFileException e : bothFail(file)) {
      assertTrue(
          e.getMessage().contains("the folder " + file.getParent() + " does not exist. Make it"),
          e.getMessage());
    }
    assertEquals(List.of(), list());
  }

  @Test
  void aFolderOfThatNameIsNotReplaced() throws Exception {
    Path file = Files.createDirectory(folder.resolve("model.zip"));
    for (ModelFileException e : bothFail(file)) {
      assertTrue(
          e.getMessage().contains("it is a folder. Give the name of a file"), e.getMessage());
    }
    assertEquals(List.of(file), list());
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x").resolve("model.zip");
    for (ModelFileException e : bothFail(file)) {
      assertTrue(e.getMessage().contains("is a file, not a folder"), e.getMessage());
    }
  }

  @Test
  void aFolderWithoutTheRightToWriteIsNamed() throws Exception {
    Path locked =
        Files.createDirectory(
            folder.resolve("locked"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assumeTrue(!Files.isWritable(locked), "the super-user may write everywhere");
    for (ModelFileException e : bothFail(locked.resolve("model.zip"))) {
      assertTrue(e.getMessage().contains("access denied"), e.getMessage());
    }
  }

  @Test
  void aLinkStaysALink() throws Exception {
    Path real = Files.writeString(folder.resolve("real.zip"), "earlier");
    Path link = Files.createSymbolicLink(folder.resolve("link.zip"), real);
    AtomicFile.write(link, out -> out.write('x'));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("x", Files.readString(real));
  }

  @Test
  void theCheckLeavesNothingBehind() throws Exception {
    AtomicFile.check(folder.resolve("model.zip"));
    assertEquals(List.of(), list());
  }

  private static List<ModelFileException> bothFail(Path file) {
    return List.of(
        assertThrows(ModelFileException.class, () -> AtomicFile.check(file)),
        assertThrows(ModelFileException.class, () -> AtomicFile.write(file, out -> out.write(1))));
  }

  private List<Path> list() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
