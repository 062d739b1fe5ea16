package dev.unroll.spark;

import dev.unroll.data.UserError;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Models as functions of SQL, by the settings of a session:
 *
 * <pre>
 *   spark.sql.catalog.unroll           dev.unroll.spark.UnrollCatalog
 *   spark.sql.catalog.unroll.opinion   reviews.zip
 *
 *   SELECT unroll.opinion(text).label FROM reviews
 * </pre>
 *
 * A function is called a row at a time, which takes nearly twice the processor time of the batches
 * of {@link UnrollTransformer}.
 */
public final class UnrollCatalog implements FunctionCatalog {
  private final Map<String, String> models = new LinkedHashMap<>();
  private final Map<String, UnboundFunction> functions = new LinkedHashMap<>();
  private String name;

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
    models.putAll(options);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return namespace.length > 0
        ? new Identifier[0]
        : models.keySet().stream()
            .map(function -> Identifier.of(namespace, function))
            .toArray(Identifier[]::new);
  }

  @Override
  public synchronized UnboundFunction loadFunction(Identifier function)
      throws NoSuchFunctionException {
    String key = function.name().toLowerCase(Locale.ROOT);
    if (function.namespace().length > 0 || !models.containsKey(key)) {
      throw new NoSuchFunctionException(function);
    }
    return functions.computeIfAbsent(key, this::load);
  }

  private UnboundFunction load(String function) {
    SparkSession spark = SparkSession.active();
    String path = models.get(function);
    try {
      ModelBytes file = ModelBytes.read(path, spark.sparkContext().hadoopConfiguration());
      return new UnrollFunction(function, Answering.of(spark, file, "", ""));
    } catch (UserError e) {
      throw UserError.data("spark.sql.catalog.%s.%s".formatted(name, function), e.getMessage(), e);
    }
  }
}
