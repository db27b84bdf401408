/**
 * The data that examples and pretrained models learn from, read from jars of the registry or from
 * resources: nothing is downloaded at run time. Each class says what the data are, where they come
 * from, their licence, and how they are split.
 */
package io.github.recurrentzoo.datasets;
