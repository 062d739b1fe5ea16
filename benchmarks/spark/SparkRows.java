import dev.unroll.sentiment.SentimentModel;
import dev.unroll.spark.UnrollTransformer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows a second of a sentiment model on Spark and on threads of one JVM, and what an executor takes.
 * The machine may have other work, so that processor time is what to compare: {@code rows/cpu-s}.
 * The medians leave out the first round.
 *
 * <p>Arguments: {@code local THREADS | cluster EXECUTORS | sql THREADS}, model, texts (a text a line),
 * rounds (at least 2).
 */
public final class SparkRows {
  private static final int BATCH = 256;

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    Path model = Path.of(args[2]);
    List<String> texts = Files.readAllLines(Path.of(args[3]));
    int rounds = Integer.parseInt(args[4]);
    System.setProperty("unroll.threads", "1");
    switch (args[0]) {
      case "local" -> local(count, model, texts, rounds);
      case "sql" -> sql(count, model, texts, rounds);
      case "cluster" -> cluster(count, model, texts, rounds);
      default -> throw new IllegalArgumentException(args[0]);
    }
    printMedians(texts.size());
  }

  private static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1");
  }

  /** In turns, in one JVM, so that both meet the same machine; the first round of each warms up. */
  private static void local(int threads, Path file, List<String> texts, int rounds) throws Exception {
    SentimentModel model = SentimentModel.load(file);
    try (SparkSession spark = builder("local[" + threads + "]").getOrCreate()) {
      Dataset<Row> table = table(spark, texts, 4 * threads);
      UnrollTransformer transformer = new UnrollTransformer().setModel(file.toString());
      for (int round = 0; round < rounds; round++) {
        measure("plain, " + threads + " threads", texts.size(), SparkRows::ownCpu, () -> plain(model, texts, threads));
        measure("local[" + threads + "]", texts.size(), SparkRows::ownCpu, () -> answer(transformer, table));
      }
    }
  }

  private static void sql(int threads, Path file, List<String> texts, int rounds) throws Exception {
    try (SparkSession spark =
        builder("local[" + threads + "]")
            .config("spark.sql.catalog.unroll", "dev.unroll.spark.UnrollCatalog")
            .config("spark.sql.catalog.unroll.opinion", file.toString())
            .getOrCreate()) {
      Dataset<Row> table = table(spark, texts, 4 * threads);
      table.createOrReplaceTempView("texts");
      UnrollTransformer transformer = new UnrollTransformer().setModel(file.toString());
      for (int round = 0; round < rounds; round++) {
        measure("local[" + threads + "], transformer", texts.size(), SparkRows::ownCpu, () -> answer(transformer, table));
        measure(
            "local[" + threads + "], SQL",
            texts.size(),
            SparkRows::ownCpu,
            () -> count(spark.sql("SELECT unroll.opinion(text) AS answer FROM texts")));
      }
    }
  }

  private static void cluster(int executors, Path file, List<String> texts, int rounds) throws Exception {
    List<String> folders = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (Files.isDirectory(Path.of(entry))) {
        folders.add(entry);
      }
    }
    try (SparkSession spark =
        builder("local-cluster[" + executors + ",1,768]")
            .config("spark.executor.memory", "768m")
            .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
            .config("spark.executorEnv.OMP_NUM_THREADS", "1")
            .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -Dunroll.threads=1")
            .getOrCreate()) {
      Dataset<Row> table = table(spark, texts, 4 * executors);
      UnrollTransformer transformer = new UnrollTransformer().setModel(file.toString());
      for (int round = 0; round < rounds; round++) {
        measure(executors + " executors", texts.size(), SparkRows::executorsCpu, () -> answer(transformer, table));
      }
      for (ProcessHandle executor : executors()) {
        System.out.printf(
            Locale.ROOT,
            "executor %d: at most %s resident, heap of at most 768 MB%n",
            executor.pid(),
            status(executor.pid(), "VmHWM"));
      }
    }
  }

  private static Dataset<Row> table(SparkSession spark, List<String> texts, int partitions) {
    Dataset<Row> table = spark.createDataset(texts, Encoders.STRING()).toDF("text").repartition(partitions).cache();
    table.count();
    return table;
  }

  private static Object answer(UnrollTransformer transformer, Dataset<Row> table) {
    return count(transformer.transform(table));
  }

  /** Looks into every answer, so that none is left out by the planner. */
  private static Object count(Dataset<Row> answered) {
    return answered.groupBy("answer.label").count().collectAsList();
  }

  private static Object plain(SentimentModel model, List<String> texts, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> parts = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> part = texts.subList(from, Math.min(texts.size(), from + BATCH));
      parts.add(pool.submit(() -> model.classify(part)));
    }
    for (Future<?> part : parts) {
      part.get();
    }
    pool.shutdown();
    return parts;
  }

  private interface Work {
    Object run() throws Exception;
  }

  private interface Cpu {
    double seconds() throws IOException;
  }

  /** Processor and elapsed seconds of each round. */
  private static final Map<String, List<double[]>> ROUNDS = new LinkedHashMap<>();

  private static void measure(String name, int rows, Cpu cpu, Work work) throws Exception {
    double before = cpu.seconds();
    long began = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - began) / 1e9;
    double used = cpu.seconds() - before;
    ROUNDS.computeIfAbsent(name, key -> new ArrayList<>()).add(new double[] {seconds, used});
    print(name, rows, seconds, used, "load " + Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }

  private static void print(String name, int rows, double seconds, double used, String remark) {
    System.out.printf(
        Locale.ROOT,
        "%-28s %7.2f s  %7.0f rows/s  %7.2f cpu-s  %7.0f rows/cpu-s  %s%n",
        name,
        seconds,
        rows / seconds,
        used,
        rows / used,
        remark);
  }

  /** Medians, without the first round, which loads and compiles. */
  private static void printMedians(int rows) {
    ROUNDS.forEach(
        (name, rounds) ->
            print(name, rows, median(rounds, 0), median(rounds, 1), "median of " + (rounds.size() - 1)));
  }

  private static double median(List<double[]> rounds, int what) {
    double[] sorted = rounds.stream().skip(1).mapToDouble(round -> round[what]).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double ownCpu() throws IOException {
    return cpu(ProcessHandle.current().pid());
  }

  private static double executorsCpu() throws IOException {
    double sum = 0;
    for (ProcessHandle executor : executors()) {
      sum += cpu(executor.pid());
    }
    return sum;
  }

  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .filter(p -> p.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private static double cpu(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  private static String status(long pid, String key) throws IOException {
    return Arrays.stream(Files.readString(Path.of("/proc/" + pid + "/status")).split("\n"))
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024 + " MB")
        .findFirst()
        .orElse("?");
  }
}
