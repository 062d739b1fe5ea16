package dev.unroll.layers.kernel.onednn;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.blas.BlasKernel;
import dev.unroll.layers.memory.Slab;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** The parameters where they lie, and stretches of {@code R} in oneDNN's layouts beside them. */
final class PackedWeights extends BlasKernel.BlasWeights {
  private final CellShape shape;
  private final int hidden;
  private final stream stream = new stream(OneDnn.ENGINE);
  private final List<Form> forms = new ArrayList<>();
  private final List<InputForm> inputForms = new ArrayList<>();
  private final Slab recurrentRows = new Slab(DataType.FLOAT);
  private long rowsVersion;
  private long version;

  /** The gates from {@code first} on in a layout, for the forward or the backward pass. */
  private record Form(
      int first,
      boolean back,
      memory.desc desc,
      Slab slab,
      memory source,
      memory packed,
      reorder reorder,
      long[] version) {}

  PackedWeights(CellShape shape) {
    super(shape);
    this.shape = shape;
    hidden = shape.hidden();
  }

  @Override
  public void load(Pointer newInput, Pointer newRecurrent, Pointer newBias) {
    super.load(newInput, newRecurrent, newBias);
    synchronized (forms) {
      version++;
    }
  }

  /** {@code W [inputs, gates x hidden]} in this layout. */
  memory packedInput(memory.desc desc) {
    synchronized (forms) {
      InputForm form =
          inputForms.stream().filter(f -> f.desc.equals(desc)).findFirst().orElse(null);
      if (form == null) {
        form = inputForm(desc);
        inputForms.add(form);
      }
      if (form.version[0] != version) {
        form.source.set_data_handle(input());
        form.reorder.execute(stream, form.source, form.packed);
        stream._wait();
        form.version[0] = version;
      }
      return form.packed;
    }
  }

  private InputForm inputForm(memory.desc desc) {
    memory source =
        OneDnn.unbound(Operands.FLOAT.matrix(shape.inputs(), columns(), 1, shape.inputs()));
    // The primitive that asked for the layout may be forgotten before this.
    memory.desc kept = new memory.desc(desc);
    Slab slab = new Slab(DataType.INT8).reserve(kept.get_size());
    memory packed = new memory(kept, OneDnn.ENGINE, slab.pointer());
    return new InputForm(kept, slab, source, packed, new reorder(source, packed), new long[1]);
  }

  /** {@code R [hidden, gates x hidden]}, row after row. */
  FloatPointer recurrentRows() {
    synchronized (forms) {
      if (rowsVersion != version) {
        int columns = Math.toIntExact(columns());
        float[] from = new float[hidden * columns];
        float[] to = new float[from.length];
        recurrentOf(0).get(from);
        for (int i = 0; i < from.length; i++) {
          to[i % hidden * columns + i / hidden] = from[i];
        }
        recurrentRows.reserve(to.length).floats().put(to);
        rowsVersion = version;
      }
      return recurrentRows.floats();
    }
  }

  private long columns() {
    return (long) shape.cell().gates() * hidden;
  }

  /** All of {@code W} in a layout. */
  private record InputForm(
      memory.desc desc, Slab slab, memory source, memory packed, reorder reorder, long[] version) {}

  /** {@code R [hidden, gates x hidden]}, or its transpose for the backward pass, in this layout. */
  memory packed(int first, int gates, boolean back, memory.desc desc) {
    synchronized (forms) {
      Form form = null;
      for (Form known : forms) {
        if (known.first == first && known.back == back && known.desc.equals(desc)) {
          form = known;
        }
      }
      if (form == null) {
        form = form(first, gates, back, desc);
        forms.add(form);
      }
      if (form.version[0] != version) {
        form.source.set_data_handle(recurrentOf(first));
        form.reorder.execute(stream, form.source, form.packed);
        stream._wait();
        form.version[0] = version;
      }
      return form.packed;
    }
  }

  private Form form(int first, int gates, boolean back, memory.desc desc) {
    long columns = (long) gates * hidden;
    memory source =
        OneDnn.unbound(
            back
                ? Operands.FLOAT.matrix(columns, hidden, hidden, 1)
                : Operands.FLOAT.matrix(hidden, columns, 1, hidden));
    // The primitive that asked for the layout may be forgotten before this.
    memory.desc kept = new memory.desc(desc);
    Slab slab = new Slab(DataType.INT8).reserve(kept.get_size());
    memory packed = new memory(kept, OneDnn.ENGINE, slab.pointer());
    reorder reorder = new reorder(source, packed);
    return new Form(first, back, kept, slab, source, packed, reorder, new long[1]);
  }
}
