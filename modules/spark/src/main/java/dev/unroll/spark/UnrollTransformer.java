package dev.unroll.spark;

import dev.unroll.data.UserError;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Answers a column of a table by a model of any task, in a column of structs:
 *
 * <pre>{@code
 * UnrollTransformer opinions =
 *     new UnrollTransformer().setModel("reviews.zip").setInputCol("text").setOutputCol("opinion");
 * opinions.transform(reviews).select("text", "opinion.label", "opinion.probability");
 * }</pre>
 *
 * <p>The model is read when it is named, sent to the executors once, loaded once in each of their
 * JVMs, and saved with the pipeline. Rows keep their order and their partitions. A null is answered
 * by a null. Answers are those of the model on one machine, but for the last digits of a
 * probability, which depend on what texts share a batch.
 */
public final class UnrollTransformer extends Transformer implements MLWritable {
  private static final long serialVersionUID = 1L;

  /** Rows in a batch. */
  private static final int USUAL_BATCH = 256;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> verb;
  private final Param<String> arguments;
  private final Param<Integer> batchSize;

  private transient ModelBytes model;
  private transient Answering answering;
  private transient List<Object> answeringOf;

  /** A transformer with a name of its own. */
  public UnrollTransformer() {
    this(Identifiable$.MODULE$.randomUID("unroll"));
  }

  /** A transformer of that name. */
  public UnrollTransformer(String uid) {
    this.uid = uid;
    inputCol = new Param<>(uid, "inputCol", "the column that is answered");
    outputCol = new Param<>(uid, "outputCol", "the column of answers, which must be new");
    verb = new Param<>(uid, "verb", "what the model is to do; without it the first it can");
    arguments = new Param<>(uid, "arguments", "of the verb, as a JSON object");
    batchSize = new Param<>(uid, "batchSize", "most rows that are answered together");
    setDefault(inputCol, "text");
    setDefault(outputCol, "answer");
    setDefault(verb, "");
    setDefault(arguments, "");
    setDefault(batchSize, USUAL_BATCH);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The column that is answered. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column of answers. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** What the model is to do. */
  public Param<String> verb() {
    return verb;
  }

  /** The arguments of the verb, as a JSON object. */
  public Param<String> arguments() {
    return arguments;
  }

  /** Most rows that are answered together. */
  public Param<Integer> batchSize() {
    return batchSize;
  }

  /** Names the column that is answered; without it {@code text}. */
  public UnrollTransformer setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /** Names the column of answers; without it {@code answer}. */
  public UnrollTransformer setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /** Names what the model is to do, such as {@code explain}; without it the first that it can. */
  public UnrollTransformer setVerb(String name) {
    set(verb, name);
    return this;
  }

  /** Gives the verb arguments, such as <code>{"beam": 8}</code>. */
  public UnrollTransformer setArguments(String json) {
    set(arguments, json);
    return this;
  }

  /**
   * Sets how many rows are answered together at most; a megabyte of text is enough in any case.
   *
   * @throws UserError if it is below 1
   */
  public UnrollTransformer setBatchSize(int rows) {
    set(batchSize, checkedBatch(rows));
    return this;
  }

  private static int checkedBatch(int rows) {
    if (rows < 1) {
      throw UserError.usage("batchSize must be at least 1, got " + rows);
    }
    return rows;
  }

  /**
   * Reads a model's file, once and here; executors need not see it.
   *
   * @param path of any file system that Hadoop knows
   * @throws UserError if it cannot be read
   */
  public UnrollTransformer setModel(String path) {
    return model(ModelBytes.read(path, SparkSession.active().sparkContext().hadoopConfiguration()));
  }

  UnrollTransformer model(ModelBytes bytes) {
    model = bytes;
    return this;
  }

  ModelBytes model() {
    if (model == null) {
      throw UserError.usage("the transformer has no model yet; name its file by setModel");
    }
    return model;
  }

  private <T> T value(Param<T> param) {
    return getOrDefault(param);
  }

  /** One for each context, as the broadcast is of it, and for what is asked, whoever set that. */
  private Answering answering(SparkSession spark) {
    List<Object> of = List.of(spark.sparkContext(), model(), value(verb), value(arguments));
    if (!of.equals(answeringOf)) {
      answering = Answering.of(spark, model(), value(verb), value(arguments));
      answeringOf = of;
    }
    return answering;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema(schema, answering(SparkSession.active()));
  }

  private StructType schema(StructType schema, Answering answers) {
    String input = value(inputCol);
    String output = value(outputCol);
    if (!List.of(schema.fieldNames()).contains(input)) {
      throw UserError.usage(
          "there is no column '%s'; columns: %s"
              .formatted(input, String.join(", ", schema.fieldNames())));
    }
    DataType wanted = answers.itemType();
    DataType given = schema.apply(input).dataType();
    if (!given.catalogString().equals(wanted.catalogString())) {
      throw UserError.usage(
          "column '%s' must be of type %s, got %s"
              .formatted(input, wanted.catalogString(), given.catalogString()));
    }
    if (List.of(schema.fieldNames()).contains(output)) {
      throw UserError.usage("there is a column '%s' already; name another".formatted(output));
    }
    return schema.add(output, answers.answerType(), true);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> table) {
    Answering answers = answering(table.sparkSession());
    StructType with = schema(table.schema(), answers);
    int column = table.schema().fieldIndex(value(inputCol));
    int size = checkedBatch(value(batchSize));
    MapPartitionsFunction<Row, Row> answered =
        rows -> new AnsweredRows(rows, column, size, answers);
    return table.toDF().mapPartitions(answered, Encoders.row(with));
  }

  @Override
  public UnrollTransformer copy(ParamMap extra) {
    UnrollTransformer copy = defaultCopy(extra);
    copy.model = model;
    return copy;
  }

  @Override
  public MLWriter write() {
    return new UnrollWriter(this);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<UnrollTransformer> read() {
    return new UnrollReader();
  }

  /** Reads what was saved at {@code path}. */
  public static UnrollTransformer load(String path) {
    return read().load(path);
  }
}
