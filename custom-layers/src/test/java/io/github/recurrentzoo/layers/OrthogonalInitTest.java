package io.github.recurrentzoo.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OrthogonalInitTest {

  @ParameterizedTest
  @CsvSource({"1,1", "3,3", "40,40", "64,64", "5,12", "12,5", "200,200"})
  void fewerOfRowsAndColumnsAreOrthonormal(int rows, int columns) {
    INDArray view = Nd4j.create(DataType.DOUBLE, (long) rows * columns);
    INDArray matrix =
        new OrthogonalInit().init(rows, columns, new long[] {rows, columns}, 'c', view);
    INDArray product =
        rows < columns ? matrix.mmul(matrix.transpose()) : matrix.transpose().mmul(matrix);
    INDArray identity = Nd4j.eye(Math.min(rows, columns)).castTo(DataType.DOUBLE);
    assertEquals(0.0, product.sub(identity).amaxNumber().doubleValue(), 1e-12);
    assertEquals(matrix.reshape(-1), view, "written into the view");
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void matricesOnly(int rank) {
    long[] shape = new long[rank];
    Arrays.fill(shape, 2);
    INDArray view = Nd4j.create(DataType.DOUBLE, 1L << rank);
    assertThrows(
        IllegalArgumentException.class, () -> new OrthogonalInit().init(2, 2, shape, 'c', view));
  }
}
