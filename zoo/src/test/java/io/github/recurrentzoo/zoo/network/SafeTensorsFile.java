package io.github.recurrentzoo.zoo.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Tensors with drawn numbers, as PyTorch names them, and the file of them. */
final class SafeTensorsFile {
  private final Random random = new Random(17);
  private final Map<String, double[]> numbers = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  /** Draws a tensor. */
  SafeTensorsFile add(String name, int... shape) {
    shapes.put(name, shape);
    numbers.put(
        name,
        random
            .doubles(Arrays.stream(shape).reduce(1, (a, b) -> a * b), -0.8, 0.8)
            .map(x -> (float) x)
            .toArray());
    return this;
  }

  /** The weights of a recurrent module with so many blocks. */
  SafeTensorsFile addRecurrent(
      String module, int blocks, int layers, boolean bidirectional, int inputs, int hidden) {
    for (int layer = 0; layer < layers; layer++) {
      int below = layer == 0 ? inputs : bidirectional ? 2 * hidden : hidden;
      for (String suffix : bidirectional ? new String[] {"", "_reverse"} : new String[] {""}) {
        String end = "_l" + layer + suffix;
        add(module + ".weight_ih" + end, blocks * hidden, below);
        add(module + ".weight_hh" + end, blocks * hidden, hidden);
        add(module + ".bias_ih" + end, blocks * hidden);
        add(module + ".bias_hh" + end, blocks * hidden);
      }
    }
    return this;
  }

  double[] numbers(String name) {
    return numbers.get(name);
  }

  /** W x + b, row by row. */
  double[] linear(String weight, String bias, double[] x) {
    double[] w = numbers(weight);
    double[] sum = numbers(bias).clone();
    for (int row = 0; row < sum.length; row++) {
      for (int column = 0; column < x.length; column++) {
        sum[row] += w[row * x.length + column] * x[column];
      }
    }
    return sum;
  }

  static String header(Map<String, int[]> shapes, String type, int bytes) {
    long[] place = {0};
    return shapes.entrySet().stream()
        .map(
            entry -> {
              long from = place[0];
              place[0] += (long) bytes * Arrays.stream(entry.getValue()).reduce(1, (a, b) -> a * b);
              return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                  .formatted(
                      entry.getKey(), type, Arrays.toString(entry.getValue()), from, place[0]);
            })
        .collect(Collectors.joining(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}"));
  }

  static Path write(Path file, String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json).put(data);
    return Files.write(file, all.array());
  }

  Path write(Path file) throws IOException {
    ByteBuffer data =
        ByteBuffer.allocate(numbers.values().stream().mapToInt(n -> 4 * n.length).sum())
            .order(ByteOrder.LITTLE_ENDIAN);
    numbers.values().forEach(all -> Arrays.stream(all).forEach(x -> data.putFloat((float) x)));
    return write(file, header(shapes, "F32", 4), data.array());
  }
}
