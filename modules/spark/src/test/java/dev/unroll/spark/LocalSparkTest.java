package dev.unroll.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In one JVM with two cores. */
class LocalSparkTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 40)
          .mapToObj(i -> i % 3 == 0 ? "A good film " + i : "a dull, bad film".repeat(1 + i % 5))
          .toList();

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        Sessions.builder("local[2]")
            .config("spark.sql.catalog.unroll", UnrollCatalog.class.getName())
            .config("spark.sql.catalog.unroll.opinion", Sessions.SENTIMENT.toString())
            .config("spark.sql.catalog.unroll.names", Sessions.NAMES.toString())
            .config("spark.sql.catalog.unroll.broken", "no-such-model.zip")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static UnrollTransformer transformer(Path model) {
    return new UnrollTransformer().setModel(model.toString()).setOutputCol("answer");
  }

  private static UnrollTransformer copy(UnrollTransformer transformer) {
    return transformer.copy(new ParamMap());
  }

  private static void assertAnsweredAsOnOneMachine(Path model) {
    Dataset<Row> answered =
        transformer(model).setBatchSize(7).transform(Sessions.table(spark, TEXTS, 3));
    List<JsonElement> answers = AnswerAssert.json(answered);
    List<Object> expected = Sessions.answers(model, TEXTS);
    assertThat(answers).hasSameSizeAs(expected);
    for (int i = 0; i < answers.size(); i++) {
      AnswerAssert.assertSame(answers.get(i), new Gson().toJsonTree(expected.get(i)));
    }
  }

  @Test
  void everyTaskOfTextsIsAnsweredAsOnOneMachine() {
    for (Path model : List.of(Sessions.SENTIMENT, Sessions.NAMES, Sessions.CHARACTERS)) {
      assertAnsweredAsOnOneMachine(model);
    }
  }

  @Test
  void theColumnsOfAnswersAreThoseThatTheTaskDeclares() {
    StructType table = new StructType().add("text", DataTypes.StringType);
    assertThat(type(transformer(Sessions.NAMES), table))
        .isEqualTo(
            "struct<text:string,tokens:array<string>,"
                + "spans:array<struct<start:int,end:int,type:string,text:string,probability:double>>>");
    assertThat(type(transformer(Sessions.SENTIMENT), table))
        .contains("probabilities:map<string,double>");
  }

  private static String type(UnrollTransformer transformer, StructType table) {
    return transformer.transformSchema(table).apply("answer").dataType().catalogString();
  }

  @Test
  void nullsAreNullAndHugeTextsAreAnswered() {
    String huge = "a good film ".repeat(10 * 1024 * 1024 / 12);
    List<String> texts = Arrays.asList(null, "", huge, null, "good");
    Dataset<Row> answered =
        transformer(Sessions.SENTIMENT)
            .transform(Sessions.table(spark, texts, 1))
            .select("id", "answer.label");
    List<Row> rows = AnswerAssert.sorted(answered);
    assertThat(rows).hasSize(5);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(rows.get(i).isNullAt(1)).as("text %d", i).isEqualTo(texts.get(i) == null);
    }
  }

  @Test
  void otherColumnsAndPartitionsStayAsTheyAre() {
    Dataset<Row> table =
        Sessions.table(spark, TEXTS, 3)
            .withColumn("list", functions.array(functions.col("id"), functions.lit(7)))
            .withColumn("map", functions.map(functions.col("text"), functions.col("id")))
            .withColumn("when", functions.lit("2026-01-02").cast("date"));
    Dataset<Row> answered = transformer(Sessions.SENTIMENT).transform(table);
    assertThat(answered.rdd().getNumPartitions()).isEqualTo(3);
    assertThat(AnswerAssert.sorted(answered.drop("answer"))).isEqualTo(AnswerAssert.sorted(table));
  }

  @Test
  void aPipelineKeepsItsModel() throws IOException {
    Path model = Files.copy(Sessions.SENTIMENT, folder.resolve("m.zip"));
    UnrollTransformer step = transformer(model).setBatchSize(5);
    Dataset<Row> table = Sessions.table(spark, TEXTS, 2);
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {step}).fit(table);
    Path saved = folder.resolve("pipeline");
    pipeline.write().save(saved.toString());
    Files.delete(model);
    PipelineModel loaded = PipelineModel.load(saved.toString());
    assertThat(AnswerAssert.json(loaded.transform(table)))
        .isEqualTo(AnswerAssert.json(pipeline.transform(table)));
    UnrollTransformer stage = (UnrollTransformer) loaded.stages()[0];
    assertThat(stage.uid()).isEqualTo(step.uid());
    assertThat(stage.getOrDefault(stage.batchSize())).isEqualTo(5);
    assertThatThrownBy(() -> step.save(saved.resolve("stages").toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already exists");
    assertThatThrownBy(() -> UnrollTransformer.load(folder.toString()))
        .isInstanceOf(UserError.class);
  }

  @Test
  void sqlGivesTheSame() {
    Sessions.table(spark, TEXTS, 2).createOrReplaceTempView("texts");
    for (Map.Entry<String, Path> function :
        Map.of("opinion", Sessions.SENTIMENT, "names", Sessions.NAMES).entrySet()) {
      List<JsonElement> answers =
          AnswerAssert.json(
              spark.sql(
                  "SELECT id, unroll.%s(text) AS answer FROM texts".formatted(function.getKey())));
      List<Object> expected = Sessions.answers(function.getValue(), TEXTS);
      for (int i = 0; i < answers.size(); i++) {
        AnswerAssert.assertSame(answers.get(i), new Gson().toJsonTree(expected.get(i)));
      }
    }
    assertThat(spark.sql("SELECT unroll.opinion(CAST(NULL AS STRING)) IS NULL").first().get(0))
        .isEqualTo(true);
  }

  @Test
  void whatSqlCannotAnswerIsSaidInTheQuery() {
    assertThatThrownBy(() -> spark.sql("SELECT unroll.none('x')").collectAsList())
        .hasMessageContaining("none");
    assertThatThrownBy(() -> spark.sql("SELECT unroll.broken('x')").collectAsList())
        .hasStackTraceContaining("spark.sql.catalog.unroll.broken: no-such-model.zip");
    assertThatThrownBy(() -> spark.sql("SELECT unroll.opinion('x', 'y')").collectAsList())
        .hasStackTraceContaining("opinion takes one string");
  }

  @Test
  void aModelIsLoadedOnce() {
    UnrollTransformer transformer = transformer(Sessions.SENTIMENT);
    transformer.transform(Sessions.table(spark, TEXTS, 1)).count();
    long before = ExecutorModels.loads();
    transformer.transform(Sessions.table(spark, TEXTS, 8)).collectAsList();
    transformer(Sessions.SENTIMENT).transform(Sessions.table(spark, TEXTS, 2)).collectAsList();
    assertThat(ExecutorModels.loads()).isEqualTo(before);
  }

  @Test
  void aBrokenModelIsNamedBeforeAnyTaskRuns() throws IOException {
    StructType table = new StructType().add("text", DataTypes.StringType);
    byte[] bytes = Files.readAllBytes(Sessions.SENTIMENT);
    Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
    bytes[bytes.length / 2] ^= 64;
    Path flipped = Files.write(folder.resolve("flipped.zip"), bytes);
    for (Path broken : List.of(cut, flipped)) {
      assertThatThrownBy(() -> transformer(broken).transformSchema(table))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(broken.getFileName().toString());
    }
    assertThatThrownBy(() -> transformer(folder.resolve("none.zip")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("none.zip: cannot be read");
    assertThatThrownBy(() -> new UnrollTransformer().transformSchema(table))
        .hasMessageContaining("setModel");
  }

  @Test
  void whatMakesNoSenseIsRefusedOnTheDriver() {
    StructType table =
        new StructType().add("text", DataTypes.StringType).add("n", DataTypes.LongType);
    UnrollTransformer t = transformer(Sessions.SENTIMENT);
    assertThatThrownBy(() -> copy(t).setInputCol("txt").transformSchema(table))
        .hasMessageContaining("there is no column 'txt'; columns: text, n");
    assertThatThrownBy(() -> copy(t).setInputCol("n").transformSchema(table))
        .hasMessageContaining("must be of type string, got bigint");
    assertThatThrownBy(() -> copy(t).setOutputCol("n").transformSchema(table))
        .hasMessageContaining("a column 'n' already");
    assertThatThrownBy(() -> copy(t).setVerb("tag").transformSchema(table))
        .hasMessageContaining("no verb 'tag'; it has classify, explain");
    assertThatThrownBy(() -> copy(t).setArguments("{\"beam\":1}").transformSchema(table))
        .hasMessageContaining("no argument 'beam'");
    assertThatThrownBy(() -> copy(t).setArguments("beam").transformSchema(table))
        .hasMessageContaining("JSON object");
    assertThatThrownBy(() -> t.setBatchSize(0)).hasMessageContaining("at least 1");
  }

  @Test
  void settingsCountWhoeverMadeThem() {
    UnrollTransformer t = transformer(Sessions.SENTIMENT);
    StructType schema = new StructType().add("text", DataTypes.StringType);
    assertThat(type(t, schema)).doesNotContain("words");
    t.set(t.verb(), "explain"); // as Python and a map of parameters do
    assertThat(type(t, schema)).contains("words:array<struct<word:string,influence:double>>");
    t.set(t.batchSize(), 0);
    Dataset<Row> table = Sessions.table(spark, TEXTS, 1);
    assertThatThrownBy(() -> t.transform(table)).hasMessageContaining("at least 1");
  }

  @Test
  void noMoreThanABatchIsHeld() {
    int[] read = {0};
    List<String> texts = new ArrayList<>(TEXTS);
    texts.add(1, "x".repeat(AnsweredRows.MOST_CHARACTERS));
    List<Row> rows = Sessions.table(spark, texts, 1).orderBy("id").collectAsList();
    Answering answering =
        Answering.of(
            spark,
            ModelBytes.read(
                Sessions.SENTIMENT.toString(), spark.sparkContext().hadoopConfiguration()),
            "",
            "");
    Iterator<Row> source = rows.iterator();
    Iterator<Row> counted =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return source.hasNext();
          }

          @Override
          public Row next() {
            read[0]++;
            return source.next();
          }
        };
    AnsweredRows answered = new AnsweredRows(counted, 1, 5, answering);
    answered.next();
    assertThat(read[0]).as("the long one ends its batch").isEqualTo(2);
    answered.next();
    answered.next();
    assertThat(read[0]).isEqualTo(7);
  }
}
