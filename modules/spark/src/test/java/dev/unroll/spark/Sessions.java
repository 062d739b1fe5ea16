package dev.unroll.spark;

import dev.unroll.serving.Arguments;
import dev.unroll.serving.TaskService;
import dev.unroll.serving.Verb;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What tests with Spark share: sessions, tables of texts, and the same answers without Spark. */
final class Sessions {
  /** Models of earlier versions, which the tasks' own tests keep. */
  static final Path SENTIMENT = model("sentiment", "lstm.zip");

  static final Path NAMES = model("ner", "crf-cnn-vectors.zip");
  static final Path CHARACTERS = model("charlm", "characters.zip");

  private Sessions() {}

  static Path model(String task, String name) {
    return Path.of("../../" + task + "/src/test/resources/models/" + name).toAbsolutePath();
  }

  /** A session without pages and with few partitions, which starts sooner. */
  static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("unroll")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1");
  }

  /**
   * A cluster on this machine, each of its executors a JVM of one core. It runs the class path of
   * the tests.
   */
  static SparkSession cluster(int executors) throws IOException {
    Path jars = Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    List<String> folders = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        folders.add(entry);
      } else if (Files.exists(path) && !Files.exists(jars.resolve(path.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(path.getFileName()), path);
      }
    }
    String memory = "1024";
    return builder("local-cluster[%d,1,%s]".formatted(executors, memory))
        .config("spark.executor.memory", memory + "m")
        .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
        .config("spark.executorEnv.OMP_NUM_THREADS", "1")
        // So that what a dead executor held is soon given up.
        .config("spark.shuffle.io.maxRetries", "1")
        .config("spark.shuffle.io.retryWait", "200ms")
        .config(
            "spark.executor.extraJavaOptions",
            "-XX:+UseSerialGC -Dorg.bytedeco.javacpp.cachedir=./javacpp")
        .getOrCreate();
  }

  /** A table with the columns {@code id} and {@code text}. */
  static Dataset<Row> table(SparkSession spark, List<String> texts, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(RowFactory.create(i, texts.get(i)));
    }
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType).add("text", DataTypes.StringType);
    return spark.createDataFrame(rows, schema).repartition(partitions);
  }

  /** The task whose model it is. */
  static TaskService service(Path model) {
    return ServiceLoader.load(TaskService.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(task -> task.recognises(model))
        .findFirst()
        .orElseThrow();
  }

  /** What the first verb of a model answers without Spark. */
  static List<Object> answers(Path model, List<String> texts) {
    return answers(service(model).load(model).verbs().get(0), texts);
  }

  @SuppressWarnings("unchecked") // verbs of texts
  private static List<Object> answers(Verb<?> verb, List<String> texts) {
    return ((Verb<String>) verb)
        .answer(texts, Arguments.usual(verb.parameters())).stream()
            .map(answers -> (Object) answers.get(0))
            .toList();
  }
}
