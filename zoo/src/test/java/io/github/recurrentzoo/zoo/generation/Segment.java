package io.github.recurrentzoo.zoo.generation;

import java.util.Random;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A small minibatch of {@link TextGeneration}, for tests of all entries. */
public final class Segment {

  private Segment() {}

  /** Four rows of four of seven characters, and what comes next. */
  public static MultiDataSet dataSet() {
    UnitStreams text = UnitStreams.whole(new Random(1).ints(17, 0, 7).toArray(), 4, 4);
    return new MultiDataSet(UnitStreams.array(text.inputs(0)), UnitStreams.oneHot(text.next(0), 7));
  }
}
