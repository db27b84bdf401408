package io.github.recurrentzoo.zoo.pipeline;

import io.github.recurrentzoo.zoo.model.ModelFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A model file that came by a stream, such as a resource of the class path. */
public final class StreamedModel {
  /** What stands for the file in messages. */
  static final Path NAME = Path.of("(stream)");

  private final byte[] bytes;

  private StreamedModel(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a stream to its end. */
  public static StreamedModel read(InputStream model) {
    if (model == null) {
      throw new NullPointerException(
          "The stream of the model is null; expected one. Where it is of getResourceAsStream, there is no such resource: check its name, which begins with a slash.");
    }
    try {
      return new StreamedModel(model.readAllBytes());
    } catch (IOException e) {
      throw new ModelFileException(
          "The stream of the model cannot be read to its end: %s. Open it again from the start."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** What the model does. */
  public String task() {
    return ModelFile.task(NAME, bytes);
  }

  byte[] bytes() {
    return bytes;
  }
}
