package dev.unroll.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings with which models run on executors of Apache Spark. The memory of networks is
 * outside of the heap, where Spark plans a tenth of the heap for all that there is; libraries of
 * native code are unpacked on first use, by default in a home that several executors share or that
 * is not there; and layers and BLAS would take all cores of the machine in each task.
 *
 * @param cores of an executor
 * @param heapMegabytes of an executor
 * @param modelBytes size of the model's file, 0 if it is not known
 */
record SparkSubmit(int cores, int heapMegabytes, long modelBytes) {
  /** What an executor takes outside of the heap with a small model: libraries, code, classes. */
  private static final int LIBRARIES_MEGABYTES = 512;

  /** The arrays of a batch, for each task at once; an estimate. */
  private static final int TASK_MEGABYTES = 128;

  /** How often a model lies in memory while it is loaded: the file's bytes, and the arrays. */
  private static final int COPIES = 3;

  int overheadMegabytes() {
    long model = COPIES * (modelBytes >> 20);
    return (int) (LIBRARIES_MEGABYTES + (long) TASK_MEGABYTES * cores + model);
  }

  /** By Spark's names. */
  Map<String, String> settings() {
    int overhead = overheadMegabytes();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.executor.cores", String.valueOf(cores));
    settings.put("spark.executor.memory", heapMegabytes + "m");
    settings.put("spark.executor.memoryOverhead", overhead + "m");
    settings.put("spark.executorEnv.OMP_NUM_THREADS", "1");
    settings.put(
        "spark.executor.extraJavaOptions",
        String.join(
            " ",
            "-Dunroll.threads=1",
            "-Dorg.bytedeco.javacpp.cachedir=./javacpp",
            "-Dorg.bytedeco.javacpp.maxbytes=" + overhead + "m",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + (heapMegabytes + overhead) + "m"));
    return settings;
  }

  /** The command line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("spark-submit \\\n");
    line.append("  --jars \"$(cat modules/spark/target/spark-jars.txt)\" \\\n");
    settings()
        .forEach(
            (key, value) ->
                line.append("  --conf ")
                    .append(
                        value.contains(" ") ? "\"" + key + "=" + value + "\"" : key + "=" + value)
                    .append(" \\\n"));
    return line.append("  PROGRAM").toString();
  }
}
