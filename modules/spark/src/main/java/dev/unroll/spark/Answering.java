package dev.unroll.spark;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.unroll.data.UserError;
import dev.unroll.serving.Arguments;
import dev.unroll.serving.ServedModel;
import dev.unroll.serving.Verb;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Answers items by a verb of a model, on the driver or on any executor: it travels there, and the
 * model by a broadcast.
 */
final class Answering implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<byte[]> model;
  private final String name;
  private final String sha256;
  private final String verb;
  private final String arguments;
  private transient Verb<?> found;
  private transient Arguments read;

  private Answering(Broadcast<byte[]> model, ModelBytes file, String verb, String arguments) {
    this.model = model;
    this.name = file.name();
    this.sha256 = file.sha256();
    this.verb = verb;
    this.arguments = arguments;
  }

  /**
   * Sends a model to the executors, once it has been tried here.
   *
   * @param verb of the model; empty for its first
   * @param arguments of the verb, as JSON; empty for the usual ones
   * @throws UserError if the model is damaged, has no such verb or cannot have such arguments
   */
  static Answering of(SparkSession spark, ModelBytes file, String verb, String arguments) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ExecutorModels.get(file.sha256(), file.name(), file::bytes);
    Answering answering = new Answering(context.broadcast(file.bytes()), file, verb, arguments);
    answering.answerType();
    return answering;
  }

  private static Verb<?> verb(ServedModel model, String verb) {
    return model.verbs().stream()
        .filter(v -> verb.isEmpty() || v.name().equals(verb))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "the model has no verb '%s'; it has %s"
                        .formatted(
                            verb,
                            model.verbs().stream()
                                .map(Verb::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static Arguments read(Verb<?> verb, String json) {
    Map<String, JsonElement> given = new LinkedHashMap<>();
    try {
      JsonObject object =
          json.isBlank() ? new JsonObject() : JsonParser.parseString(json).getAsJsonObject();
      object.entrySet().forEach(e -> given.put(e.getKey(), e.getValue()));
    } catch (JsonParseException | IllegalStateException e) {
      throw UserError.usage("arguments are a JSON object, such as {\"beam\": 8}; got " + json);
    }
    List<String> known = verb.parameters().stream().map(p -> p.name()).toList();
    for (String key : given.keySet()) {
      if (!known.contains(key)) {
        throw UserError.usage(
            "%s has no argument '%s' (arguments: %s)"
                .formatted(verb.name(), key, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
    return Arguments.read(verb.parameters(), given);
  }

  private Verb<?> verb() {
    if (found == null) {
      found = verb(ExecutorModels.get(sha256, name, model::value), verb);
      read = read(found, arguments);
    }
    return found;
  }

  /** By which the model's file is told from others. */
  String sha256() {
    return sha256;
  }

  /** The type of the column that is answered. */
  DataType itemType() {
    Map<String, Object> schema = verb().input().schema();
    if ("array".equals(schema.get("type"))) {
      return DataTypes.createArrayType(DataTypes.StringType);
    }
    return schema.containsKey("contentEncoding") ? DataTypes.BinaryType : DataTypes.StringType;
  }

  /** The type of an answer; where the verb does not tell, found by asking it its example. */
  DataType answerType() {
    return shape(verb().answerType().orElseGet(() -> example(verb()).getClass())).type();
  }

  private <I> Object example(Verb<I> verb) {
    return verb.answer(List.of(verb.example()), read).get(0).get(0);
  }

  private AnswerShape shape(Class<?> answer) {
    return verb().lists() ? AnswerShape.ofAnswers(answer) : AnswerShape.ofAnswer(answer);
  }

  /**
   * The answers to items, in their order.
   *
   * @param items strings, bytes or lists of strings, as {@link #itemType} says; none is null
   */
  List<Object> answer(List<?> items, Values values) {
    return answer(verb(), items).stream().map(answers -> value(answers, values)).toList();
  }

  @SuppressWarnings("unchecked") // the type of the column was checked
  private <I> List<? extends List<?>> answer(Verb<I> verb, List<?> items) {
    return verb.answer((List<I>) items, read);
  }

  private Object value(List<?> answers, Values values) {
    if (answers.isEmpty()) {
      return values.array(new Object[0]);
    }
    AnswerShape shape = shape(answers.get(0).getClass());
    return shape.value(verb().lists() ? answers : answers.get(0), values);
  }
}
