package io.github.recurrentzoo.zoo.model;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads an array of shape [N] or [1,N] as {@link Nd4j#write(INDArray, java.io.DataOutputStream)}
 * writes it.
 *
 * <p>{@link Nd4j#read(DataInputStream)} would reserve memory of the size, and read with the
 * strides, types and flags, that the file tells. Here the head of the array must tell of as many
 * numbers as the entry has bytes for, and nothing else of it is used.
 */
final class RowVector {

  private static final String CURRENT_FORM = "MIXED_DATA_TYPES";
  // rank, then a shape and a stride per dimension, then extras, element-wise stride, order
  private static final int FIXED_SHAPE_INFO = 4;
  private static final int CHUNK = 1 << 13;

  private RowVector() {}

  static INDArray read(InputStream in, long size) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Head head = head(data, size);
    INDArray array = Nd4j.createUninitialized(head.type, 1, head.length);
    fill(data, array.data(), head);
    return array;
  }

  private record Head(DataType type, long length) {}

  private static Head head(DataInputStream in, long size) throws IOException {
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
    DataType type =
        switch (dataType) {
          case "FLOAT" -> DataType.FLOAT;
          case "DOUBLE" -> DataType.DOUBLE;
          default -> throw new DamagedEntryException("an array has the unknown type " + dataType);
        };
    long head =
        2L * Long.BYTES // the two lengths
            + shapeInfoLength * Long.BYTES
            + utfBytes(allocation)
            + utfBytes(shapeInfoType)
            + utfBytes(dataAllocation)
            + utfBytes(dataType);
    check(length <= size && head + length * type.width() == size);
    return new Head(type, length);
  }

  private static void fill(DataInputStream in, DataBuffer numbers, Head head) throws IOException {
    int width = head.type.width();
    byte[] bytes = new byte[CHUNK * width];
    ByteBuffer view = ByteBuffer.wrap(bytes); // big-endian, as written
    for (long start = 0; start < head.length; start += CHUNK) {
      int count = (int) Math.min(CHUNK, head.length - start);
      in.readFully(bytes, 0, count * width);
      for (int i = 0; i < count; i++) {
        if (head.type == DataType.FLOAT) {
          numbers.put(start + i, view.getFloat(i * width));
        } else {
          numbers.put(start + i, view.getDouble(i * width));
        }
      }
    }
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
