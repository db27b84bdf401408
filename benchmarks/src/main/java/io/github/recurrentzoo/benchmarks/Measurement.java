package io.github.recurrentzoo.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What JMH measures: one {@link Work} of one {@link Contender}, the time of each call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Measurement {

  /** The library, one of {@link Entry.Library}. */
  @Param("OURS")
  public String library;

  /** How many threads it may use; they were set when this process was started. */
  @Param("1")
  public int threads;

  /** One of {@link Cell}. */
  @Param("LSTM")
  public String cell;

  /** One of {@link Shape}. */
  @Param("SMALL")
  public String shape;

  /** One of {@link Work}. */
  @Param("TRAINING_STEP")
  public String work;

  /** One of {@link Pace}. */
  @Param("FULL")
  public String pace;

  private Contender contender;
  private Work what;

  /** Nothing is loaded yet. */
  public Measurement() {}

  /** Loads the library and the problem, and warms up where that goes by calls. */
  @Setup
  public void load() {
    what = Work.valueOf(work);
    contender =
        new Entry(Entry.Library.valueOf(library), threads)
            .load(new Problem(Cell.valueOf(cell), Shape.valueOf(shape)));
    Pace.valueOf(pace).warmUp(this::call);
  }

  /** Does the work once. Native code has effects that no compiler removes: nothing to return. */
  @Benchmark
  public void call() {
    what.run(contender);
  }

  /** Gives the native memory back. */
  @TearDown
  public void close() {
    contender.close();
  }
}
