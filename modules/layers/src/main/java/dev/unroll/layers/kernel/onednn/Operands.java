package dev.unroll.layers.kernel.onednn;

import org.bytedeco.dnnl.memory;

/** The numbers that are multiplied; all sums are of floats. */
enum Operands {
  FLOAT(memory.data_type.f32),

  /** The upper half of a float: its exponent, and 8 bits of precision. */
  BFLOAT16(memory.data_type.bf16);

  private final memory.data_type type;

  Operands(memory.data_type type) {
    this.type = type;
  }

  /** A description of an array of these that leaves the layout to oneDNN if the tag is any. */
  memory.desc desc(memory.format_tag tag, long... dimensions) {
    return new memory.desc(dimensions, type, tag);
  }

  /** A matrix {@code [rows, columns]} of these anywhere in memory. */
  memory.desc matrix(long rows, long columns, long rowStride, long columnStride) {
    return new memory.desc(new long[] {rows, columns}, type, new long[] {rowStride, columnStride});
  }
}
