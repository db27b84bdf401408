/**
 * Short programs to copy from, on the public API of the zoo alone. Each has one shape: {@code main}
 * gets the data, {@code run} trains or asks, prints, and returns the result. From the folder of the
 * project: {@code mvn -q compile exec:java -Dexample=ForecastSeries}.
 */
package io.github.recurrentzoo.examples;
