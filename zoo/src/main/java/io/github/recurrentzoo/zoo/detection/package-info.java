/**
 * Marked steps of a time series, whoever marked them: what detectors answer, how that is measured,
 * and detectors without a network to compare with.
 *
 * <p>Not for users: Limits, SimpleDetector.
 */
package io.github.recurrentzoo.zoo.detection;
