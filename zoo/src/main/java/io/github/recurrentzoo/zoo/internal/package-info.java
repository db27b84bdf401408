/**
 * Checks of arguments.
 *
 * <p>Not for users: {@code Require}.
 */
package io.github.recurrentzoo.zoo.internal;
