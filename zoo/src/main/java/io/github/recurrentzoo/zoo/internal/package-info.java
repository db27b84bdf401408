/**
 * Checks of arguments, safe text, and what is known of the terminal.
 *
 * <p>Not for users: {@code Require}, {@code SafeText}, {@code Terminal}.
 */
package io.github.recurrentzoo.zoo.internal;
