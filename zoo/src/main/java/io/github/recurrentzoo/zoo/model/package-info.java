/**
 * One file per model: Deeplearning4j's own model zip with JSON entries beside the network.
 *
 * <p>{@link io.github.recurrentzoo.zoo.model.ModelFile} writes it atomically and reads it with
 * care: a model file may come from anywhere, so nothing in it is trusted before it is checked, and
 * no Java serialization is used.
 *
 * <p>Not for users: {@code FormerNames}, {@code HdfTensors}, {@code SafeTensors}.
 */
package io.github.recurrentzoo.zoo.model;
