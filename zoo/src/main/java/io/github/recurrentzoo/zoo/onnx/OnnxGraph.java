package io.github.recurrentzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * An ONNX graph in the making: its inputs, weights, nodes and outputs. Tensors are known by name.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPSET = 15;

  private final GraphProto.Builder graph;
  private final OnnxGraph outer; // null but for the body of a loop
  private final Map<String, String> longs = new HashMap<>();
  private int made;

  private OnnxGraph(String name, OnnxGraph outer) {
    this.graph = GraphProto.newBuilder().setName(name);
    this.outer = outer;
  }

  /** A graph without content. */
  static OnnxGraph named(String name) {
    return new OnnxGraph(name, null);
  }

  /** The body of a loop in this graph, whose weights and constants it may read. */
  OnnxGraph body(String name) {
    return new OnnxGraph(name, this);
  }

  /** A name that nothing has yet. */
  private String fresh(String like) {
    return outer == null ? like + "_" + made++ : outer.fresh(like);
  }

  /** Adds a node with one output, and gives its name. */
  String add(String operator, List<String> inputs, AttributeProto... attributes) {
    return add(operator, 1, inputs, attributes).get(0);
  }

  /** [T, N, size] as [N, T, size], and the reverse. */
  String turned(String tensor) {
    return add("Transpose", List.of(tensor), integers("perm", 1, 0, 2));
  }

  /** Side by side, along the last axis. */
  String concat(List<String> tensors) {
    return tensors.size() == 1 ? tensors.get(0) : add("Concat", tensors, integer("axis", -1));
  }

  /**
   * Adds a node.
   *
   * @param inputs names; an empty one is an optional input that is left out
   * @return the names of its outputs
   */
  List<String> add(
      String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      names.add(fresh(operator));
    }
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(names.get(0))
            .addAllInput(inputs)
            .addAllOutput(names)
            .addAllAttribute(List.of(attributes)));
    return names;
  }

  /** Weights of a shape, in the order of rows. */
  String weights(String like, INDArray values, long... shape) {
    float[] numbers = values.castTo(DataType.FLOAT).dup('c').data().asFloat();
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return tensor(fresh(like), TensorProto.DataType.FLOAT, bytes, shape);
  }

  /** One number. */
  String number(double value) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(0, (float) value);
    return tensor(fresh("number"), TensorProto.DataType.FLOAT, bytes);
  }

  /** A row of whole numbers, such as a shape or axes. */
  String longs(long... values) {
    String known = longs.get(Arrays.toString(values));
    if (known == null) {
      known = longs(values, new long[] {values.length});
      longs.put(Arrays.toString(values), known);
    }
    return known;
  }

  /** A whole number. */
  String oneLong(long value) {
    return longs(new long[] {value}, new long[0]);
  }

  private String longs(long[] values, long[] shape) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return tensor(fresh("longs"), TensorProto.DataType.INT64, bytes, shape);
  }

  private String tensor(String name, TensorProto.DataType type, ByteBuffer bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long size : shape) {
      tensor.addDims(size);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /**
   * Adds an input of the graph.
   *
   * @param shape sizes, and names of those that may be any
   */
  String input(String name, TensorProto.DataType type, Object... shape) {
    graph.addInput(value(name, type, shape));
    return name;
  }

  /** Adds an output of the graph, which is this tensor under that name. */
  void output(String name, String tensor, Object... shape) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Identity")
            .setName(name)
            .addInput(tensor)
            .addOutput(name));
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, Object... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (Object size : shape) {
      if (size instanceof Number number) {
        dimensions.addDimBuilder().setDimValue(number.longValue());
      } else {
        dimensions.addDimBuilder().setDimParam(size.toString());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(dimensions)))
        .build();
  }

  GraphProto toProto() {
    return graph.build();
  }

  /** The whole as a file holds it. */
  ModelProto toModel(String producerVersion) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("recurrent-zoo")
        .setProducerVersion(Optional.ofNullable(producerVersion).orElse(""))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  static AttributeProto integer(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static AttributeProto real(String name, double value) {
    return attribute(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
  }

  static AttributeProto reals(String name, List<Double> values) {
    AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.FLOATS);
    values.forEach(value -> attribute.addFloats(value.floatValue()));
    return attribute.build();
  }

  static AttributeProto texts(String name, List<String> values) {
    AttributeProto.Builder attribute = attribute(name, AttributeProto.AttributeType.STRINGS);
    values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
    return attribute.build();
  }

  static AttributeProto graph(String name, OnnxGraph value) {
    return attribute(name, AttributeProto.AttributeType.GRAPH).setG(value.toProto()).build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
