package dev.unroll.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unroll.cli.TrialRun;
import dev.unroll.cli.trials.Trial;
import dev.unroll.cli.trials.TrialGrid;
import dev.unroll.cli.trials.TrialResult;
import dev.unroll.cli.trials.TrialTable;
import dev.unroll.data.UserError;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors, each a JVM of its own. */
@Tag("slow")
class ClusterTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 600)
          .mapToObj(i -> (i % 3 == 0 ? "a good film " : "a dull and bad one ").repeat(1 + i % 7))
          .toList();

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    spark = Sessions.cluster(2);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** What happens to the task of a partition, once it has answered some rows. */
  private interface Accident extends Serializable {
    void happen(TaskContext task);
  }

  /** The labels, with the process that gave each. */
  private static List<Row> labels(Accident accident) {
    Dataset<Row> answered =
        new UnrollTransformer()
            .setModel(Sessions.SENTIMENT.toString())
            .setBatchSize(16)
            .transform(Sessions.table(spark, TEXTS, 6))
            .selectExpr("id", "answer.label");
    MapPartitionsFunction<Row, Row> between =
        rows ->
            new Iterator<>() {
              private int seen;

              @Override
              public boolean hasNext() {
                return rows.hasNext();
              }

              @Override
              public Row next() {
                if (++seen == 40) {
                  accident.happen(TaskContext.get());
                }
                return rows.next();
              }
            };
    return answered
        .mapPartitions(between, Encoders.row(answered.schema()))
        .orderBy("id")
        .collectAsList();
  }

  private static void assertRight(List<Row> labels) {
    List<Object> expected = Sessions.answers(Sessions.SENTIMENT, TEXTS);
    assertThat(labels).hasSameSizeAs(expected);
    for (int i = 0; i < labels.size(); i++) {
      assertThat(expected.get(i).toString()).contains("label=" + labels.get(i).getString(1));
    }
  }

  @Test
  void answersAreThoseOfOneMachine() {
    assertRight(labels(task -> {}));
  }

  @Test
  void aTaskThatFailsIsTriedAgain() {
    assertRight(
        labels(
            task -> {
              if (task.partitionId() == 2 && task.attemptNumber() == 0) {
                throw new IllegalStateException("an accident");
              }
            }));
  }

  @Test
  void anExecutorMayBeKilledInTheMiddle() {
    Set<Long> before = executors();
    String mark = folder.resolve("killed").toString();
    assertRight(
        labels(
            task -> {
              if (task.partitionId() == 1 && new File(mark).mkdir()) {
                Runtime.getRuntime().halt(9);
              }
            }));
    assertThat(new File(mark)).exists();
    assertThat(executors()).as("another has taken its place").isNotEqualTo(before);
  }

  private static Set<Long> executors() {
    Set<Long> pids = new TreeSet<>();
    ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .forEach(p -> pids.add(p.pid()));
    return pids;
  }

  private List<String> arguments() throws IOException {
    Path data = folder.resolve("reviews.tsv");
    List<String> lines =
        IntStream.range(0, 60)
            .mapToObj(i -> i % 2 == 0 ? "pos\tgood film " + i : "neg\tbad one " + i)
            .toList();
    Files.write(data, lines);
    return List.of("--train", data.toString(), "--epochs", "2", "--config", "tiny");
  }

  @Test
  void trialsGiveTheBytesOfThisMachineAndFailuresAreTold() throws IOException {
    List<String> arguments = arguments();
    TrialGrid grid = new TrialGrid("1-2", 0, List.of("hidden=4,6", "dev-fraction=0.2,0.001"));
    SparkTrials trials = new SparkTrials(spark, "sentiment", arguments);
    Path shared = folder.resolve("trials");
    TrialTable table = trials.run(grid, shared.toString());
    assertThat(table.failed()).as(table.toString()).isEqualTo(4);
    TrialResult best = table.best().orElseThrow();
    assertThat(trials.best(table, shared.toString()))
        .contains(shared.resolve(best.trial().fileName() + ".zip").toString());
    TrialRun here = TrialRun.of("dev.unroll.sentiment.Sentiment", arguments, () -> false);
    for (Trial trial : grid.trials()) {
      Path alone = folder.resolve("alone.zip");
      TrialResult expected = here.run(trial, alone);
      Path result = shared.resolve(trial.fileName() + ".trial.json");
      if (expected.isFailed()) {
        assertThat(result).doesNotExist();
      } else {
        TrialResult there = TrialResult.ofJson(Files.readString(result)).orElseThrow();
        assertThat(there.sha256()).isEqualTo(expected.sha256());
        assertThat(there.score()).isEqualTo(expected.score());
      }
      if (trial.equals(best.trial())) {
        assertThat(shared.resolve(trial.fileName() + ".zip")).hasSameBinaryContentAs(alone);
      }
      Files.deleteIfExists(alone);
    }
  }

  @Test
  void trialsGoOnWithWhatIsDone() throws IOException {
    SparkTrials trials = new SparkTrials(spark, "sentiment", arguments());
    Path shared = folder.resolve("trials");
    String first = trials.run(new TrialGrid("1-2", 2, List.of()), shared.toString()).toString();
    Path result = shared.resolve("seed-1_fold-2-of-2.trial.json");
    String json = Files.readString(result);
    Files.setLastModifiedTime(result, FileTime.fromMillis(0));
    assertThat(trials.run(new TrialGrid("1-2", 2, List.of()), shared.toString()))
        .hasToString(first);
    assertThat(Files.getLastModifiedTime(result).toMillis()).as("done once").isZero();
    Files.writeString(result, json.substring(0, 20));
    assertThat(trials.run(new TrialGrid("1-3", 2, List.of()), shared.toString()).toString())
        .contains("6 ");
    SparkTrials others = new SparkTrials(spark, "sentiment", List.of("--config", "tiny"));
    assertThatThrownBy(() -> others.run(new TrialGrid("1", 0, List.of()), shared.toString()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds trials with another");
    assertThatThrownBy(() -> trials.run(new TrialGrid("1", 0, List.of("hiden=1")), "x"))
        .hasMessageContaining("unknown key 'hiden'");
  }
}
