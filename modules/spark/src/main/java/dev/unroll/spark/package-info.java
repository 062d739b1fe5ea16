/**
 * Unroll on Apache Spark: models on tables, and many trainings on the executors.
 *
 * <pre>
 *   UnrollTransformer           a step of a pipeline: a column of texts in, a column of structs out
 *     UnrollWriter, UnrollReader   it with its model, in one folder
 *     AnsweredRows                 rows in batches, a partition at a time
 *   UnrollCatalog               the same as functions of SQL, a row at a time
 *   Answering                   what an executor has to know to answer; asks
 *     ExecutorModels               the models of this JVM, each loaded once
 *     AnswerShape, Values          what a task answers, as Spark's types and values
 *   SparkTrials                 the trials of a task, one on a core of an executor
 *   SparkSubmitLine             the command line with the settings that native code needs
 * </pre>
 *
 * <p>No task is known here: what there is to ask, a task says of itself by {@code
 * dev.unroll.serving.TaskService}. All of it is written on interfaces that Spark 3.5 and 4 share,
 * for Scala 2.12 and 2.13, so that one jar does.
 */
package dev.unroll.spark;
