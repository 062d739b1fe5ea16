package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.Cell;
import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The parameters of one direction in the layouts that oneDNN's code asks for.
 *
 * <p>Rearranging costs as much as a few time steps, and is done only when a parameter changed. That
 * is found out by comparing every byte with what was loaded last, because Deeplearning4j hands out
 * views of its parameters that anyone may write to; in training the comparison ends at the first
 * value.
 */
final class OneDnnWeights implements RecurrentKernel.Weights {
  private final CellShape shape;

  /** Blocks in oneDNN's order: {@code [gates, hidden, features]}. */
  private final Slab input = new Slab(DataType.FLOAT);

  private final Slab recurrent = new Slab(DataType.FLOAT);
  private final Slab bias = new Slab(DataType.FLOAT);
  private final memory inputMemory;
  private final memory recurrentMemory;
  private final List<Form> inputForms = new ArrayList<>();
  private final List<Form> recurrentForms = new ArrayList<>();
  private final stream stream = new stream(OneDnn.ENGINE);
  private long version;

  /** A layout, and the parameters in it. */
  private static final class Form {
    final memory.desc desc;
    final Slab slab = new Slab(DataType.INT8);
    final memory memory;
    final reorder reorder;
    long version;

    Form(memory.desc desc, memory source) {
      // The primitive that asked for the layout may be forgotten before this.
      this.desc = new memory.desc(desc);
      slab.reserve(desc.get_size());
      memory = new memory(this.desc, OneDnn.ENGINE, slab.pointer());
      reorder = new reorder(source, memory);
    }
  }

  OneDnnWeights(CellShape shape) {
    this.shape = shape;
    int gates = shape.cell().gates();
    int hidden = shape.hidden();
    input.reserveZeros(shape.inputWeights());
    recurrent.reserveZeros(shape.recurrentWeights());
    bias.reserveZeros(shape.biases());
    inputMemory = blocks(shape.inputs(), gates, hidden, input);
    recurrentMemory = blocks(hidden, gates, hidden, recurrent);
  }

  private static memory blocks(int features, int gates, int hidden, Slab slab) {
    memory.desc desc = Operands.FLOAT.desc(memory.format_tag.ldgoi, 1, 1, features, gates, hidden);
    return new memory(desc, OneDnn.ENGINE, slab.pointer());
  }

  @Override
  public void load(Pointer newInput, Pointer newRecurrent, Pointer newBias) {
    Cell cell = shape.cell();
    boolean changed = version == 0;
    changed |= take(newInput, input, cell.gates(), shape.inputs());
    changed |= take(newRecurrent, recurrent, cell.gates(), shape.hidden());
    take(newBias, bias, cell.biases(), 1);
    if (changed) {
      version++;
    }
  }

  private boolean take(Pointer from, Slab to, int blocks, int features) {
    boolean changed = false;
    long bytes = 4L * features * shape.hidden();
    Address source = new Address();
    Address target = new Address();
    for (int gate = 0; gate < blocks; gate++) {
      source.at(from.address() + OneDnn.block(shape.cell(), gate) * bytes);
      target.at(to.address() + gate * bytes);
      if (Pointer.memcmp(source, target, bytes) != 0) {
        Pointer.memcpy(target, source, bytes);
        changed = true;
      }
    }
    return changed;
  }

  /** {@code W} in this layout. */
  memory input(memory.desc desc) {
    synchronized (inputForms) {
      return form(inputForms, desc, inputMemory);
    }
  }

  /** {@code R} in this layout. */
  memory recurrent(memory.desc desc) {
    synchronized (recurrentForms) {
      return form(recurrentForms, desc, recurrentMemory);
    }
  }

  /** {@code b} in oneDNN's order. */
  Slab bias() {
    return bias;
  }

  private memory form(List<Form> forms, memory.desc desc, memory from) {
    Form form = forms.stream().filter(f -> f.desc.equals(desc)).findFirst().orElse(null);
    if (form == null) {
      form = new Form(desc, from);
      forms.add(form);
    }
    if (form.version != version) {
      form.reorder.execute(stream, from, form.memory);
      stream._wait();
      form.version = version;
    }
    return form.memory;
  }
}
