package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unidirectional_left2right;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.memory.Slab;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.gru_forward;
import org.bytedeco.dnnl.lbr_gru_forward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.dnnl.vanilla_rnn_forward;

/**
 * oneDNN's code for a cell, a number of rows and a number of steps; without data, so all threads
 * share it.
 *
 * <p>Making one takes about a millisecond, so the last few hundred are kept.
 */
final class OneDnnPlan {
  private static final int KEPT = 512;
  private static final Map<Key, OneDnnPlan> PLANS =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, OneDnnPlan> eldest) {
          return size() > KEPT;
        }
      };

  private record Key(CellShape shape, Operands operands, int rows, int steps, boolean training) {}

  /** Code that copies from one description to another. */
  record Conversion(memory.desc from, memory.desc to, reorder code) {
    private static Conversion of(memory.desc from, memory.desc to) {
      return new Conversion(from, to, new reorder(OneDnn.unbound(from), OneDnn.unbound(to)));
    }

    /** Copies, with the stream of the calling thread. */
    void run(stream stream, Slab source, Slab target) {
      memory in = new memory(from, OneDnn.ENGINE, source.pointer());
      memory out = new memory(to, OneDnn.ENGINE, target.pointer());
      code.execute(stream, in, out);
      stream._wait();
    }
  }

  final memory.desc x;
  final memory.desc out;

  /** Between floats and what is multiplied; null where that is floats. */
  final Conversion toX;

  final Conversion toState;
  final Conversion ofOut;
  final memory.desc state;

  /** The memory of the cell is of floats in any case. */
  final memory.desc memory;

  final memory.desc bias;

  /** Plain layouts of the derivatives: {@code [inputs or hidden, gates, hidden]}. */
  final memory.desc dInput;

  final memory.desc dRecurrent;

  final OneDnnWay forward;

  /** Null without training. */
  final OneDnnWay backward;

  /** For parameters, whose layouts oneDNN chooses. */
  final memory.desc input;

  final memory.desc recurrent;
  final primitive_attr attributes = OneDnn.ownScratchpad();

  private OneDnnPlan(Key key) {
    CellShape shape = key.shape;
    int gates = shape.cell().gates();
    int hidden = shape.hidden();
    Operands operands = key.operands;
    x = operands.desc(format_tag.tnc, key.steps, key.rows, shape.inputs());
    out = operands.desc(format_tag.tnc, key.steps, key.rows, hidden);
    state = operands.desc(format_tag.ldnc, 1, 1, key.rows, hidden);
    memory = Operands.FLOAT.desc(format_tag.ldnc, 1, 1, key.rows, hidden);
    boolean floats = operands == Operands.FLOAT;
    toX =
        floats
            ? null
            : Conversion.of(
                Operands.FLOAT.desc(format_tag.tnc, key.steps, key.rows, shape.inputs()), x);
    toState = floats ? null : Conversion.of(memory, state);
    ofOut =
        floats
            ? null
            : Conversion.of(out, Operands.FLOAT.desc(format_tag.tnc, key.steps, key.rows, hidden));
    bias = Operands.FLOAT.desc(format_tag.ldgo, 1, 1, shape.cell().biases(), hidden);
    dInput = Operands.FLOAT.desc(format_tag.ldigo, 1, 1, shape.inputs(), gates, hidden);
    dRecurrent = Operands.FLOAT.desc(format_tag.ldigo, 1, 1, hidden, gates, hidden);
    input = operands.desc(format_tag.any, 1, 1, shape.inputs(), gates, hidden);
    recurrent = operands.desc(format_tag.any, 1, 1, hidden, gates, hidden);
    int kind = key.training ? dnnl_forward_training : dnnl_forward_inference;
    forward =
        switch (shape.cell()) {
          case TANH -> tanh(kind);
          case LSTM -> lstm(kind);
          case GRU -> gru();
          case GRU_RESET_AFTER -> gruResetAfter();
        };
    backward = key.training ? OneDnnBackward.of(shape.cell(), this) : null;
  }

  private OneDnnWay tanh(int kind) {
    var desc =
        new vanilla_rnn_forward.primitive_desc(
            OneDnn.ENGINE,
            kind,
            dnnl_eltwise_tanh,
            dnnl_unidirectional_left2right,
            x,
            state,
            input,
            recurrent,
            bias,
            out,
            state,
            attributes,
            false);
    return new OneDnnWay(desc, new vanilla_rnn_forward(desc));
  }

  private OneDnnWay lstm(int kind) {
    var desc =
        new lstm_forward.primitive_desc(
            OneDnn.ENGINE,
            kind,
            dnnl_unidirectional_left2right,
            x,
            state,
            memory,
            input,
            recurrent,
            bias,
            out,
            state,
            memory,
            attributes,
            false);
    return new OneDnnWay(desc, new lstm_forward(desc));
  }

  private OneDnnWay gru() {
    var desc =
        new gru_forward.primitive_desc(
            OneDnn.ENGINE,
            dnnl_forward_inference,
            dnnl_unidirectional_left2right,
            x,
            state,
            input,
            recurrent,
            bias,
            out,
            state,
            attributes,
            false);
    return new OneDnnWay(desc, new gru_forward(desc));
  }

  private OneDnnWay gruResetAfter() {
    var desc =
        new lbr_gru_forward.primitive_desc(
            OneDnn.ENGINE,
            dnnl_forward_inference,
            dnnl_unidirectional_left2right,
            x,
            state,
            input,
            recurrent,
            bias,
            out,
            state,
            attributes,
            false);
    return new OneDnnWay(desc, new lbr_gru_forward(desc));
  }

  /** The plan for these sizes, made if it is not there yet. */
  static OneDnnPlan of(CellShape shape, Operands operands, int rows, int steps, boolean training) {
    synchronized (PLANS) {
      return PLANS.computeIfAbsent(
          new Key(shape, operands, rows, steps, training), OneDnnPlan::new);
    }
  }
}
