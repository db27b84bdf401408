/**
 * Models of the zoo on Apache Spark 3.5: {@link io.github.recurrentzoo.spark.ZooUdf} answers in
 * SQL, {@link io.github.recurrentzoo.spark.Scoring} answers a column of a dataset in batches, and
 * {@link io.github.recurrentzoo.spark.SparkTraining} trains on the rows of a dataset.
 */
package io.github.recurrentzoo.spark;
