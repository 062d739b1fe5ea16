package dev.unroll.spark;

/** Placeholder. */
final class SparkSubmitLine {
  private SparkSubmitLine() {}
}
