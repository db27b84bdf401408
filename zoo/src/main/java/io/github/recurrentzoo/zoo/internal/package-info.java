/**
 * Checks of arguments, and what is known of the terminal.
 *
 * <p>Not for users: {@code Require}, {@code Terminal}.
 */
package io.github.recurrentzoo.zoo.internal;
