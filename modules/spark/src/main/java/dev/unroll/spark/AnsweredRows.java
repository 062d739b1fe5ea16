package dev.unroll.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition with an answer behind each. Rows are gathered until there are enough for
 * a batch, and no more of them are held than that; a few long texts are a batch too.
 */
final class AnsweredRows implements Iterator<Row> {
  /** Characters, bytes or words after which a batch has enough. */
  static final int MOST_CHARACTERS = 1 << 20;

  private final Iterator<Row> rows;
  private final int column;
  private final int batchSize;
  private final Answering answering;
  private final ArrayDeque<Row> ready = new ArrayDeque<>();

  /**
   * @param column the place of what is answered; where it is null, so is the answer
   */
  AnsweredRows(Iterator<Row> rows, int column, int batchSize, Answering answering) {
    this.rows = rows;
    this.column = column;
    this.batchSize = batchSize;
    this.answering = answering;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && rows.hasNext()) {
      fill();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all rows have been answered");
    }
    return ready.remove();
  }

  private void fill() {
    List<Row> batch = new ArrayList<>();
    List<Object> items = new ArrayList<>();
    long characters = 0;
    while (rows.hasNext() && batch.size() < batchSize && characters < MOST_CHARACTERS) {
      Row row = rows.next();
      batch.add(row);
      if (!row.isNullAt(column)) {
        Object item = row.get(column);
        Object read = item instanceof String || item instanceof byte[] ? item : row.getList(column);
        items.add(read);
        characters += size(read);
      }
    }
    Iterator<Object> answers =
        items.isEmpty()
            ? List.of().iterator()
            : answering.answer(items, Values.EXTERNAL).iterator();
    batch.forEach(row -> ready.add(with(row, row.isNullAt(column) ? null : answers.next())));
  }

  private static long size(Object item) {
    if (item instanceof String text) {
      return text.length();
    }
    return item instanceof byte[] bytes ? bytes.length : ((Collection<?>) item).size();
  }

  private static Row with(Row row, Object answer) {
    Object[] values = new Object[row.length() + 1];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    values[row.length()] = answer;
    return RowFactory.create(values);
  }
}
