package dev.unroll.layers.kernel;

import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unidirectional_left2right;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.gru_backward;
import org.bytedeco.dnnl.gru_forward;
import org.bytedeco.dnnl.lbr_gru_backward;
import org.bytedeco.dnnl.lbr_gru_forward;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.rnn_primitive_desc_base;
import org.bytedeco.dnnl.vanilla_rnn_backward;
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

  private record Key(CellShape shape, int rows, int steps, boolean training) {}

  final rnn_primitive_desc_base forwardDesc;
  final primitive forward;

  /** Null without training, as is {@link #backward}. */
  final rnn_primitive_desc_base backwardDesc;

  final primitive backward;

  final memory.desc x;
  final memory.desc out;
  final memory.desc state;
  final memory.desc bias;

  /** Plain layouts of the derivatives: {@code [inputs or hidden, gates, hidden]}. */
  final memory.desc dInput;

  final memory.desc dRecurrent;

  private OneDnnPlan(Key key) {
    CellShape shape = key.shape;
    int gates = shape.cell().gates();
    int hidden = shape.hidden();
    x = OneDnn.desc(memory.format_tag.tnc, key.steps, key.rows, shape.inputs());
    out = OneDnn.desc(memory.format_tag.tnc, key.steps, key.rows, hidden);
    state = OneDnn.desc(memory.format_tag.ldnc, 1, 1, key.rows, hidden);
    bias = OneDnn.desc(memory.format_tag.ldgo, 1, 1, shape.cell().biases(), hidden);
    dInput = OneDnn.desc(memory.format_tag.ldigo, 1, 1, shape.inputs(), gates, hidden);
    dRecurrent = OneDnn.desc(memory.format_tag.ldigo, 1, 1, hidden, gates, hidden);
    memory.desc input = OneDnn.desc(memory.format_tag.any, 1, 1, shape.inputs(), gates, hidden);
    memory.desc recurrent = OneDnn.desc(memory.format_tag.any, 1, 1, hidden, gates, hidden);
    primitive_attr attributes = OneDnn.ownScratchpad();
    int kind = key.training ? dnnl_forward_training : dnnl_forward_inference;
    int left2right = dnnl_unidirectional_left2right;
    switch (shape.cell()) {
      case LSTM -> {
        lstm_forward.primitive_desc f =
            new lstm_forward.primitive_desc(
                OneDnn.ENGINE,
                kind,
                left2right,
                x,
                state,
                state,
                input,
                recurrent,
                bias,
                out,
                state,
                state,
                attributes,
                false);
        forwardDesc = f;
        forward = new lstm_forward(f);
        if (key.training) {
          lstm_backward.primitive_desc b =
              new lstm_backward.primitive_desc(
                  OneDnn.ENGINE,
                  dnnl_backward,
                  left2right,
                  x,
                  state,
                  state,
                  input,
                  recurrent,
                  bias,
                  out,
                  state,
                  state,
                  x,
                  state,
                  state,
                  dInput,
                  dRecurrent,
                  bias,
                  out,
                  state,
                  state,
                  f,
                  attributes,
                  false);
          backwardDesc = b;
          backward = new lstm_backward(b);
          return;
        }
      }
      case GRU -> {
        gru_forward.primitive_desc f =
            new gru_forward.primitive_desc(
                OneDnn.ENGINE,
                kind,
                left2right,
                x,
                state,
                input,
                recurrent,
                bias,
                out,
                state,
                attributes,
                false);
        forwardDesc = f;
        forward = new gru_forward(f);
        if (key.training) {
          gru_backward.primitive_desc b =
              new gru_backward.primitive_desc(
                  OneDnn.ENGINE,
                  dnnl_backward,
                  left2right,
                  x,
                  state,
                  input,
                  recurrent,
                  bias,
                  out,
                  state,
                  x,
                  state,
                  dInput,
                  dRecurrent,
                  bias,
                  out,
                  state,
                  f,
                  attributes,
                  false);
          backwardDesc = b;
          backward = new gru_backward(b);
          return;
        }
      }
      case GRU_RESET_AFTER -> {
        lbr_gru_forward.primitive_desc f =
            new lbr_gru_forward.primitive_desc(
                OneDnn.ENGINE,
                kind,
                left2right,
                x,
                state,
                input,
                recurrent,
                bias,
                out,
                state,
                attributes,
                false);
        forwardDesc = f;
        forward = new lbr_gru_forward(f);
        if (key.training) {
          lbr_gru_backward.primitive_desc b =
              new lbr_gru_backward.primitive_desc(
                  OneDnn.ENGINE,
                  dnnl_backward,
                  left2right,
                  x,
                  state,
                  input,
                  recurrent,
                  bias,
                  out,
                  state,
                  x,
                  state,
                  dInput,
                  dRecurrent,
                  bias,
                  out,
                  state,
                  f,
                  attributes,
                  false);
          backwardDesc = b;
          backward = new lbr_gru_backward(b);
          return;
        }
      }
      case TANH -> {
        vanilla_rnn_forward.primitive_desc f =
            new vanilla_rnn_forward.primitive_desc(
                OneDnn.ENGINE,
                kind,
                dnnl_eltwise_tanh,
                left2right,
                x,
                state,
                input,
                recurrent,
                bias,
                out,
                state,
                attributes,
                false);
        forwardDesc = f;
        forward = new vanilla_rnn_forward(f);
        if (key.training) {
          vanilla_rnn_backward.primitive_desc b =
              new vanilla_rnn_backward.primitive_desc(
                  OneDnn.ENGINE,
                  dnnl_backward,
                  dnnl_eltwise_tanh,
                  left2right,
                  x,
                  state,
                  input,
                  recurrent,
                  bias,
                  out,
                  state,
                  x,
                  state,
                  dInput,
                  dRecurrent,
                  bias,
                  out,
                  state,
                  f,
                  attributes,
                  false);
          backwardDesc = b;
          backward = new vanilla_rnn_backward(b);
          return;
        }
      }
      default -> throw new IllegalArgumentException("unknown cell " + shape.cell());
    }
    backwardDesc = null;
    backward = null;
  }

  /** The plan for these sizes, made if it is not there yet. */
  static OneDnnPlan of(CellShape shape, int rows, int steps, boolean training) {
    synchronized (PLANS) {
      return PLANS.computeIfAbsent(new Key(shape, rows, steps, training), OneDnnPlan::new);
    }
  }
}
