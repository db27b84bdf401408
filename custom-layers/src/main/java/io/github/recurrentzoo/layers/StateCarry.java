package io.github.recurrentzoo.layers;

/** Which of the two states of an {@link Rrnn} is carried from one time step to the next. */
public enum StateCarry {
  /**
   * {@code h_t} of the main recurrence is carried, as the equations read literally. Everything but
   * one product and one activation per step can be taken out of the time loop.
   */
  MAIN,
  /**
   * {@code h'_t} is carried: it takes the place of {@code h_{t-1}} in all four equations, so that
   * the auxiliary recurrence gates the memory itself.
   */
  UPDATED
}
