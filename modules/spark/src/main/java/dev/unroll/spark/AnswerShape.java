package dev.unroll.spark;

import dev.unroll.data.UserError;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * What a task answers, as Spark has it: a record as a struct of its components, a list as an array,
 * a map by strings as a map.
 *
 * <p>The shape follows from the declared types and not from what one answer happens to hold, so
 * that a text without names still has an array of names.
 */
abstract class AnswerShape {
  private static final Map<Type, DataType> SIMPLE =
      Map.of(
          int.class, DataTypes.IntegerType,
          Integer.class, DataTypes.IntegerType,
          long.class, DataTypes.LongType,
          Long.class, DataTypes.LongType,
          double.class, DataTypes.DoubleType,
          Double.class, DataTypes.DoubleType,
          boolean.class, DataTypes.BooleanType,
          Boolean.class, DataTypes.BooleanType);

  private static final ClassValue<AnswerShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected AnswerShape computeValue(Class<?> type) {
          return of(type);
        }
      };

  /** The type of its values. */
  abstract DataType type();

  /** An answer, or a part of one, as a value that is not null. */
  abstract Object present(Object answer, Values values);

  final Object value(Object answer, Values values) {
    return answer == null ? null : present(answer, values);
  }

  /**
   * The shape of answers of a class.
   *
   * @throws UserError if it is no record, or one of something that has no place in a table
   */
  static AnswerShape ofAnswer(Class<?> answer) {
    if (!answer.isRecord()) {
      throw noPlace(answer);
    }
    return SHAPES.get(answer);
  }

  /** The shape of any number of answers. */
  static AnswerShape ofAnswers(Class<?> answer) {
    return new Array(ofAnswer(answer));
  }

  private static UserError noPlace(Type type) {
    return UserError.usage(
        "what this verb answers has no fixed columns (%s); ask it elsewhere"
            .formatted(type.getTypeName()));
  }

  private static AnswerShape of(Type type) {
    if (SIMPLE.containsKey(type)) {
      return new Simple(SIMPLE.get(type));
    } else if (type == String.class) {
      return new Text();
    } else if (type instanceof Class<?> record && record.isRecord()) {
      return new Struct(record);
    } else if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new Array(of(arguments[0]));
      } else if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new ByName(of(arguments[1]));
      }
    }
    throw noPlace(type);
  }

  private static final class Simple extends AnswerShape {
    private final DataType type;

    Simple(DataType type) {
      this.type = type;
    }

    @Override
    DataType type() {
      return type;
    }

    @Override
    Object present(Object answer, Values values) {
      return answer;
    }
  }

  private static final class Text extends AnswerShape {
    @Override
    DataType type() {
      return DataTypes.StringType;
    }

    @Override
    Object present(Object answer, Values values) {
      return values.string((String) answer);
    }
  }

  private static final class Array extends AnswerShape {
    private final AnswerShape element;

    Array(AnswerShape element) {
      this.element = element;
    }

    @Override
    DataType type() {
      return DataTypes.createArrayType(element.type());
    }

    @Override
    Object present(Object answer, Values values) {
      return values.array(elements((Iterable<?>) answer, element, values));
    }
  }

  private static final class ByName extends AnswerShape {
    private final AnswerShape element;

    ByName(AnswerShape element) {
      this.element = element;
    }

    @Override
    DataType type() {
      return DataTypes.createMapType(DataTypes.StringType, element.type());
    }

    @Override
    Object present(Object answer, Values values) {
      Map<?, ?> map = (Map<?, ?>) answer;
      return values.map(
          elements(map.keySet(), new Text(), values), elements(map.values(), element, values));
    }
  }

  private static Object[] elements(Iterable<?> answers, AnswerShape element, Values values) {
    List<Object> all = new ArrayList<>();
    answers.forEach(answer -> all.add(element.value(answer, values)));
    return all.toArray();
  }

  private static final class Struct extends AnswerShape {
    private final Map<Method, AnswerShape> fields = new LinkedHashMap<>();
    private final DataType type;

    Struct(Class<?> record) {
      List<StructField> columns = new ArrayList<>();
      for (RecordComponent component : record.getRecordComponents()) {
        AnswerShape shape = of(component.getGenericType());
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        fields.put(accessor, shape);
        boolean nullable = !component.getType().isPrimitive();
        columns.add(DataTypes.createStructField(component.getName(), shape.type(), nullable));
      }
      type = DataTypes.createStructType(columns);
    }

    @Override
    DataType type() {
      return type;
    }

    @Override
    Object present(Object answer, Values values) {
      Object[] all = new Object[fields.size()];
      int i = 0;
      for (Map.Entry<Method, AnswerShape> field : fields.entrySet()) {
        all[i++] = field.getValue().value(part(answer, field.getKey()), values);
      }
      return values.struct(all);
    }

    private static Object part(Object answer, Method accessor) {
      try {
        return accessor.invoke(answer);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
