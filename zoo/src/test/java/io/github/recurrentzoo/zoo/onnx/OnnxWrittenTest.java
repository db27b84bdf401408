package io.github.recurrentzoo.zoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.recurrentzoo.zoo.Zoo;
import io.github.recurrentzoo.zoo.classification.TextClassification;
import io.github.recurrentzoo.zoo.preset.Preset;
import io.github.recurrentzoo.zoo.preset.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** Graphs hold together; what they answer, the tests of the benchmarks compare in ONNX Runtime. */
class OnnxWrittenTest {
  @TempDir Path folder;

  static Stream<String> presets() {
    return Presets.list().stream().map(Preset::name);
  }

  @ParameterizedTest
  @MethodSource("presets")
  void eachTensorIsMadeOnceAndBeforeItIsRead(String name) throws IOException {
    for (Path file : Zoo.pretrained(name).exportOnnx(folder)) {
      if (file.toString().endsWith(".onnx")) {
        GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();
        Set<String> known = new HashSet<>(Set.of(""));
        graph.getInputList().forEach(input -> assertTrue(known.add(input.getName())));
        graph.getInitializerList().forEach(each -> assertTrue(known.add(each.getName())));
        for (NodeProto node : graph.getNodeList()) {
          node.getInputList().forEach(input -> assertTrue(known.contains(input), input));
          node.getOutputList().forEach(output -> assertTrue(known.add(output), output));
        }
        graph.getOutputList().forEach(out -> assertTrue(known.contains(out.getName())));
        assertEquals(
            graph.getOutputCount(),
            graph.getOutputList().stream().map(out -> out.getName()).distinct().count());
      }
    }
  }

  @Test
  void whatOnnxLacksIsRefused() {
    ComputationGraph cube =
        TextClassification.builder().activation(Activation.CUBE).hiddenSize(3).build().init();
    UnsupportedOperationException refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> OnnxNetwork.write(cube, OnnxPart.whole(1), null));
    assertTrue(refused.getMessage().contains("recurrent-1"), refused.getMessage());
    assertTrue(refused.getMessage().contains("TANH"), refused.getMessage());
  }
}
