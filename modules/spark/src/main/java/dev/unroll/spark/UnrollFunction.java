package dev.unroll.spark;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A model as a function of one argument. */
final class UnrollFunction implements UnboundFunction, ScalarFunction<Object> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final Answering answering;

  UnrollFunction(String name, Answering answering) {
    this.name = name;
    this.answering = answering;
  }

  @Override
  public BoundFunction bind(StructType arguments) {
    boolean fits =
        arguments.length() == 1
            && arguments
                .fields()[0]
                .dataType()
                .catalogString()
                .equals(answering.itemType().catalogString());
    if (!fits) {
      throw new UnsupportedOperationException(
          "%s takes one %s".formatted(name, answering.itemType().catalogString()));
    }
    return this;
  }

  @Override
  public String description() {
    return "%s(%s) -> %s"
        .formatted(
            name, answering.itemType().catalogString(), answering.answerType().catalogString());
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] {answering.itemType()};
  }

  @Override
  public DataType resultType() {
    return answering.answerType();
  }

  @Override
  public String name() {
    return name;
  }

  /** The same for the same model only, as Spark takes functions of one name for one. */
  @Override
  public String canonicalName() {
    return "unroll.%s.%s".formatted(name, answering.sha256());
  }

  @Override
  public Object produceResult(InternalRow arguments) {
    if (arguments.isNullAt(0)) {
      return null;
    }
    DataType type = answering.itemType();
    Object item;
    if (DataTypes.StringType.equals(type)) {
      item = arguments.getUTF8String(0).toString();
    } else if (DataTypes.BinaryType.equals(type)) {
      item = arguments.getBinary(0);
    } else {
      item =
          List.of(arguments.getArray(0).toObjectArray(DataTypes.StringType)).stream()
              .map(Object::toString)
              .toList();
    }
    return answering.answer(List.of(item), Values.INTERNAL).get(0);
  }
}
