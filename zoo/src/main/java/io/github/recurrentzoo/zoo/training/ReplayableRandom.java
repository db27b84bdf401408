package io.github.recurrentzoo.zoo.training;

import java.util.Random;

/**
 * Draws the numbers of {@link Random}, by the same linear congruence (Knuth, The Art of Computer
 * Programming 2, 3.2.1), from a state that can be read and set.
 */
final class ReplayableRandom extends Random {
  private static final long serialVersionUID = 1L;

  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long MASK = (1L << 48) - 1;

  private long state; // without an initial value: the constructor of Random sets the seed

  ReplayableRandom(long seed) {
    super(seed);
  }

  @Override
  public synchronized void setSeed(long seed) {
    super.setSeed(seed);
    state = (seed ^ MULTIPLIER) & MASK;
  }

  @Override
  protected synchronized int next(int bits) {
    state = (state * MULTIPLIER + 0xBL) & MASK;
    return (int) (state >>> (48 - bits));
  }

  /** Not supported: Random keeps every second number aside, which is not in the state. */
  @Override
  public synchronized double nextGaussian() {
    throw new UnsupportedOperationException("The state would not hold the second of two numbers");
  }

  /** What all numbers to come depend on. */
  synchronized long state() {
    return state;
  }

  /** Goes on from a state that {@link #state} gave. */
  synchronized void restore(long state) {
    this.state = state & MASK;
  }
}
