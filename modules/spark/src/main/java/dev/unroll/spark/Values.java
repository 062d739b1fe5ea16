package dev.unroll.spark;

import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.mutable.LinkedHashMap;

/** Makes Spark's values: those of the tables of a program, or those within its engine. */
enum Values {
  /** Of rows as a program meets them. */
  EXTERNAL {
    @Override
    Object string(String text) {
      return text;
    }

    @Override
    Object struct(Object[] fields) {
      return RowFactory.create(fields);
    }

    @Override
    Object array(Object[] elements) {
      return elements;
    }

    @Override
    Object map(Object[] keys, Object[] values) {
      LinkedHashMap<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < keys.length; i++) {
        map.put(keys[i], values[i]);
      }
      return map;
    }
  },

  /** Of functions that the engine calls. */
  INTERNAL {
    @Override
    Object string(String text) {
      return UTF8String.fromString(text);
    }

    @Override
    Object struct(Object[] fields) {
      return new GenericInternalRow(fields);
    }

    @Override
    Object array(Object[] elements) {
      return new GenericArrayData(elements);
    }

    @Override
    Object map(Object[] keys, Object[] values) {
      return new ArrayBasedMapData(new GenericArrayData(keys), new GenericArrayData(values));
    }
  };

  abstract Object string(String text);

  abstract Object struct(Object[] fields);

  abstract Object array(Object[] elements);

  abstract Object map(Object[] keys, Object[] values);
}
