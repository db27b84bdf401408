/**
 * What all pipelines share: their kinds, loading and saving.
 *
 * <p>Not for users: {@code ModelEntries}.
 */
package io.github.recurrentzoo.zoo.pipeline;
