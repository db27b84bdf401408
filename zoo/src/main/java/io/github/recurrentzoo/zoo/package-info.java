/**
 * The zoo: recurrent networks that are ready to train, and the pipelines that turn a user's rows
 * into a model and a model into answers. {@link io.github.recurrentzoo.zoo.Zoo} lists them.
 *
 * <p>Each task has a package: {@code classification} (text to class), {@code forecasting} (series
 * to series), {@code generation} (text to more text), {@code translation} (sequence to sequence).
 * Below them lie what all tasks share: {@code report}, {@code pipeline}, {@code training}, {@code
 * network}, {@code preset}; and at the bottom {@code series}, {@code text}, {@code model}, {@code
 * data}, {@code internal}. A package imports only from those below it, and no task imports another.
 *
 * <p>Letters in shapes: B batch, T time steps, D input size, H hidden size, C classes.
 */
package io.github.recurrentzoo.zoo;
