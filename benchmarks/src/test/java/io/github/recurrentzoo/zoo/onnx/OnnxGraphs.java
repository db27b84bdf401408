package io.github.recurrentzoo.zoo.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An exported graph in ONNX Runtime, asked with arrays of ND4J. */
final class OnnxGraphs implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxGraphs(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      session = environment.createSession(model, options);
    }
  }

  /** All outputs by name; whole numbers go in as int64, others as float32. */
  Map<String, INDArray> ask(Map<String, INDArray> inputs) throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, INDArray> input : inputs.entrySet()) {
        tensors.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        Map<String, INDArray> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          OnnxTensor tensor = (OnnxTensor) output.getValue();
          float[] numbers = new float[tensor.getFloatBuffer().remaining()];
          tensor.getFloatBuffer().get(numbers);
          outputs.put(
              output.getKey(), Nd4j.create(numbers, tensor.getInfo().getShape(), DataType.FLOAT));
        }
        return outputs;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(INDArray array) throws OrtException {
    INDArray ordered = array.dup('c');
    return array.dataType() == DataType.INT64
        ? OnnxTensor.createTensor(
            environment, LongBuffer.wrap(ordered.data().asLong()), array.shape())
        : OnnxTensor.createTensor(
            environment,
            FloatBuffer.wrap(ordered.castTo(DataType.FLOAT).data().asFloat()),
            array.shape());
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
