/**
 * What runs an {@link io.github.recurrentzoo.layers.Rrnn}. Not public API: it is public only where
 * Deeplearning4j has to reach it.
 */
package io.github.recurrentzoo.layers.runtime;
