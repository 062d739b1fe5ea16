package dev.unroll.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.unroll.data.UserError;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.Verb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Whatever a task's models can do with an item, they do with a column of such. */
class EveryVerbTest {
  private static final List<Path> MODELS =
      Stream.of(
              "activity/figure.zip",
              "charlm/words.zip",
              "dna/genes.zip",
              "dna/strands.zip",
              "embeddings/subwords.bin",
              "music/events.zip",
              "ner/softmax.zip",
              "sentiment/rnn.zip",
              "speech/both.zip")
          .map(model -> model.split("/"))
          .map(parts -> Sessions.model(parts[0], parts[1]))
          .toList();

  /** What answers in no fixed shape, as {@code README.md} says. */
  private static final Set<String> REFUSED =
      Set.of(
          "charlm sample",
          "dna explain",
          "embeddings analogy",
          "embeddings map",
          "embeddings nearest",
          "embeddings odd-one-out",
          "embeddings similarity",
          "music compose",
          "music explain");

  @Test
  void examplesAreAnsweredAsOnOneMachine() throws IOException {
    Set<String> refused = new TreeSet<>();
    try (SparkSession spark = Sessions.builder("local[2]").getOrCreate()) {
      for (Path model : MODELS) {
        for (Verb<?> verb : Sessions.service(model).load(model).verbs()) {
          UnrollTransformer step =
              new UnrollTransformer()
                  .setModel(model.toString())
                  .setVerb(verb.name())
                  .setInputCol("item");
          String name = Sessions.service(model).task() + " " + verb.name();
          try {
            assertAnswered(spark, name, step, verb);
          } catch (UserError e) {
            assertThat(e).hasMessageContaining("ask it elsewhere");
            refused.add(name);
          }
        }
      }
    }
    assertThat(refused).isEqualTo(REFUSED);
  }

  private static <I> void assertAnswered(
      SparkSession spark, String name, UnrollTransformer step, Verb<I> verb) {
    List<I> items = List.of(verb.example(), verb.example());
    DataType type =
        verb.example() instanceof String
            ? DataTypes.StringType
            : verb.example() instanceof byte[]
                ? DataTypes.BinaryType
                : DataTypes.createArrayType(DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    items.forEach(item -> rows.add(RowFactory.create(rows.size(), column(item))));
    rows.add(RowFactory.create(rows.size(), null));
    StructType schema = new StructType().add("id", DataTypes.IntegerType).add("item", type);
    Dataset<Row> answered = step.transform(spark.createDataFrame(rows, schema));
    List<JsonElement> answers = AnswerAssert.json(answered.where("item IS NOT NULL"));
    assertThat(answers).as(name).hasSameSizeAs(items);
    List<? extends List<?>> expected = verb.answer(items, Arguments.usual(verb.parameters()));
    for (int i = 0; i < items.size(); i++) {
      Object right = verb.lists() ? expected.get(i) : expected.get(i).get(0);
      AnswerAssert.assertSame(answers.get(i), new Gson().toJsonTree(right));
    }
    assertThat(answered.where("item IS NULL AND answer IS NULL").count()).as(name).isOne();
  }

  private static Object column(Object item) {
    return item instanceof List<?> list ? list.toArray() : item;
  }
}
