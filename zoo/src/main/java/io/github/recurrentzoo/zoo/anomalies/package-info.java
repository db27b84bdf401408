/**
 * Detection of anomalies in time series. The network is {@link
 * io.github.recurrentzoo.zoo.anomalies.SequenceAutoencoder}, the way from a series to marked steps
 * {@link io.github.recurrentzoo.zoo.anomalies.AnomalyDetector}.
 */
package io.github.recurrentzoo.zoo.anomalies;
