package io.github.recurrentzoo.zoo.model;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads an array of shape [N] or [1,N] as {@link Nd4j#write(INDArray, java.io.DataOutputStream)}
 * writes it.
 *
 * <p>{@link Nd4j#read(DataInputStream)} reserves memory of the size, and reads with the strides,
 * that the file tells. So the head of the array is looked at first: it must tell of as many numbers
 * as the entry has bytes for.
 */
final class RowVector {

  private static final String CURRENT_FORM = "MIXED_DATA_TYPES";
  private static final int HEAD_BYTES = 4096;
  // rank, then a shape and a stride per dimension, then extras, element-wise stride, order
  private static final int FIXED_SHAPE_INFO = 4;

  private RowVector() {}

  static INDArray read(InputStream in, long size) throws IOException {
    in.mark(HEAD_BYTES);
    checkHead(new DataInputStream(in), size);
    in.reset();
    try {
      return Nd4j.read(new DataInputStream(in));
    } catch (RuntimeException e) {
      // Nd4j wraps an IOException so.
      throw e.getCause() instanceof IOException io
          ? io
          : new DamagedEntryException("an array cannot be read", e);
    }
  }

  private static void checkHead(DataInputStream in, long size) throws IOException {
    String allocation = in.readUTF();
    long shapeInfoLength = in.readLong();
    String shapeInfoType = in.readUTF();
    check(allocation.equals(CURRENT_FORM) && shapeInfoType.equals("LONG"));
    long rank = in.readLong();
    check((rank == 1 || rank == 2) && shapeInfoLength == 2 * rank + FIXED_SHAPE_INFO);
    check(rank == 1 || in.readLong() == 1); // one row
    long columns = in.readLong();
    in.skipNBytes((rank - 1) * Long.BYTES); // the stride of the only row
    check(in.readLong() == 1);
    in.skipNBytes(3L * Long.BYTES);
    String dataAllocation = in.readUTF();
    long length = in.readLong();
    String dataType = in.readUTF();
    check(dataAllocation.equals(CURRENT_FORM) && length == columns && length > 0);
    int bytes =
        switch (dataType) {
          case "FLOAT" -> Float.BYTES;
          case "DOUBLE" -> Double.BYTES;
          case "HALF", "BFLOAT16" -> Short.BYTES;
          default -> throw new DamagedEntryException("an array has the unknown type " + dataType);
        };
    long head =
        2L * Long.BYTES // the two lengths
            + shapeInfoLength * Long.BYTES
            + utfBytes(allocation)
            + utfBytes(shapeInfoType)
            + utfBytes(dataAllocation)
            + utfBytes(dataType);
    check(length <= size && head + length * bytes == size);
  }

  private static long utfBytes(String ascii) {
    return (long) Short.BYTES + ascii.length();
  }

  private static void check(boolean holds) throws IOException {
    if (!holds) {
      throw new DamagedEntryException("the head of an array is wrong");
    }
  }
}
