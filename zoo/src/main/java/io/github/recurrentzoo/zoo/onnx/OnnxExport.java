package io.github.recurrentzoo.zoo.onnx;

import io.github.recurrentzoo.zoo.model.AtomicFile;
import io.github.recurrentzoo.zoo.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;

/** Writes the files of an export: ONNX graphs, and a JSON file that says how to ask them. */
public final class OnnxExport {
  /** The JSON file. */
  public static final String DESCRIPTION = "pipeline.json";

  private static final int FORMAT = 1;

  private OnnxExport() {}

  /**
   * Writes all parts into a folder, which is made if it is not there.
   *
   * @param task of the pipeline
   * @param entries what the pipeline knows beside the network, as JSON
   * @return the files
   * @throws UnsupportedOperationException if something of the network is not in ONNX; nothing is
   *     written then
   */
  public static List<Path> write(
      Path folder,
      ComputationGraph network,
      List<OnnxPart> parts,
      String task,
      Map<String, Object> entries) {
    Map<Path, byte[]> files = new LinkedHashMap<>();
    List<Map<String, Object>> graphs = new ArrayList<>();
    for (OnnxPart part : parts) {
      OnnxNetwork.Written written =
          OnnxNetwork.write(
              network, part, OnnxExport.class.getPackage().getImplementationVersion());
      files.put(folder.resolve(part.file()), written.model().toByteArray());
      Map<String, Object> graph = new LinkedHashMap<>();
      graph.put("file", part.file());
      graph.put("inputs", written.inputs());
      graph.put("outputs", written.outputs());
      graphs.add(graph);
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("format", FORMAT);
    description.put("task", task);
    description.put("graphs", graphs);
    description.putAll(entries);
    files.put(folder.resolve(DESCRIPTION), json(description));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelFileException("The folder %s cannot be made: %s.".formatted(folder, e), e);
    }
    files.forEach((file, bytes) -> AtomicFile.write(file, out -> out.write(bytes)));
    return List.copyOf(files.keySet());
  }

  private static byte[] json(Map<String, Object> description) {
    try {
      return new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsBytes(description);
    } catch (IOException e) {
      throw new IllegalStateException("No JSON can be made of the pipeline", e);
    }
  }
}
