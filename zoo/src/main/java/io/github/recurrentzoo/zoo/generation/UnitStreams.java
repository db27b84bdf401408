package io.github.recurrentzoo.zoo.generation;

import io.github.recurrentzoo.zoo.network.TimeMajor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A text cut into B streams of S steps that are read side by side: step t of stream b reads
 * character b S + t and is to predict the one after it. A segment is some steps of all streams.
 */
final class UnitStreams {
  private final int[] ids;
  private final int streams;
  private final int steps;
  private final int segmentLength;

  private UnitStreams(int[] ids, int streams, int steps, int segmentLength) {
    this.ids = ids;
    this.streams = streams;
    this.steps = steps;
    this.segmentLength = segmentLength;
  }

  /**
   * For training: as many streams as are asked for, or fewer if they would be shorter than a
   * segment. What is left at the end of the text, fewer characters than there are streams, is left
   * out.
   *
   * @param ids more than {@code segmentLength}
   */
  static UnitStreams whole(int[] ids, int streams, int segmentLength) {
    int count = Math.max(1, Math.min(streams, (ids.length - 1) / segmentLength));
    return new UnitStreams(ids, count, (ids.length - 1) / count, segmentLength);
  }

  /**
   * For scoring: nothing is left out; the last streams may end early, which {@link #isInText}
   * tells.
   *
   * @param ids two at least
   */
  static UnitStreams padded(int[] ids, int streams, int segmentLength) {
    int steps = (ids.length - 1 + streams - 1) / streams;
    return new UnitStreams(ids, streams, steps, segmentLength);
  }

  /** B. */
  int streams() {
    return streams;
  }

  int segments() {
    return (steps + segmentLength - 1) / segmentLength;
  }

  /** T of a segment, from 0; the last one may be shorter than the others. */
  int steps(int segment) {
    return Math.min(segmentLength, steps - segment * segmentLength);
  }

  /** Whether step t of a segment's stream b has a character to predict. */
  boolean isInText(int segment, int b, int t) {
    return at(segment, b, t) + 1 < ids.length;
  }

  /** What step t of a segment's stream b is to predict. */
  int next(int segment, int b, int t) {
    return ids[(int) at(segment, b, t) + 1];
  }

  private long at(int segment, int b, int t) {
    return (long) b * steps + (long) segment * segmentLength + t;
  }

  /** The characters that a segment reads, [B][T]; 0 beyond the text. */
  int[][] inputs(int segment) {
    int[][] inputs = new int[streams][steps(segment)];
    for (int b = 0; b < streams; b++) {
      for (int t = 0; t < inputs[b].length; t++) {
        long at = at(segment, b, t);
        inputs[b][t] = at < ids.length ? ids[(int) at] : 0;
      }
    }
    return inputs;
  }

  /** Ids as an array for a network, [B, T]. */
  static INDArray array(int[][] ids) {
    int steps = ids[0].length;
    float[] floats = new float[ids.length * steps];
    for (int b = 0; b < ids.length; b++) {
      for (int t = 0; t < steps; t++) {
        floats[b * steps + t] = ids[b][t];
      }
    }
    return Nd4j.create(floats, new long[] {ids.length, steps}, 'c');
  }

  /** What a segment is to predict, [B][T]. */
  int[][] next(int segment) {
    int[][] next = new int[streams][steps(segment)];
    for (int b = 0; b < streams; b++) {
      for (int t = 0; t < next[b].length; t++) {
        next[b][t] = next(segment, b, t);
      }
    }
    return next;
  }

  /** Ids [B][T] as one-hot rows, [B, V, T], in time-major memory. */
  static INDArray oneHot(int[][] ids, int classes) {
    int steps = ids[0].length;
    int streams = ids.length;
    float[] oneHot = new float[Math.multiplyExact(steps * streams, classes)]; // [T, B, V]
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < streams; b++) {
        oneHot[(t * streams + b) * classes + ids[b][t]] = 1;
      }
    }
    return TimeMajor.array(oneHot, steps, streams, classes);
  }
}
