package dev.unroll.spark;

/** Keeps the layers to the cores that Spark gives a task. */
final class ExecutorThreads {
  /** Where the layers look when they are first used. */
  private static final String PROPERTY = "unroll.threads";

  private ExecutorThreads() {}

  /** To be called before anything is computed; what the command line says stays. */
  static void limit(int cores) {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, String.valueOf(cores));
    }
  }
}
