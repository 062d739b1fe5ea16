package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lstm_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_rnn_flags_diff_weights_overwrite;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unidirectional_left2right;
import static org.bytedeco.dnnl.global.dnnl.dnnl_vanilla_rnn_backward_primitive_desc_create;

import dev.unroll.layers.kernel.Cell;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.vanilla_rnn_backward;

/**
 * The backward passes of a plan, described by oneDNN's functions in C: only these can be told to
 * write the derivatives of weights, and not to add to what is there, which would first have to be
 * zeroed.
 */
final class OneDnnBackward {
  private OneDnnBackward() {}

  /** The way back of a plan that has its way forward. */
  static OneDnnWay of(Cell cell, OneDnnPlan plan) {
    return switch (cell) {
      case TANH -> tanh(plan);
      case LSTM -> lstm(plan);
      default -> throw new IllegalArgumentException("oneDNN does not train " + cell);
    };
  }

  private static OneDnnWay tanh(OneDnnPlan plan) {
    dnnl_primitive_desc desc = new dnnl_primitive_desc();
    check(
        dnnl_vanilla_rnn_backward_primitive_desc_create(
            desc,
            OneDnn.ENGINE.get(),
            dnnl_backward,
            dnnl_eltwise_tanh,
            dnnl_unidirectional_left2right,
            plan.x.get(),
            plan.state.get(),
            plan.input.get(),
            plan.recurrent.get(),
            plan.bias.get(),
            plan.out.get(),
            plan.state.get(),
            plan.x.get(),
            plan.state.get(),
            plan.dInput.get(),
            plan.dRecurrent.get(),
            plan.bias.get(),
            plan.out.get(),
            plan.state.get(),
            dnnl_rnn_flags_diff_weights_overwrite,
            0,
            0,
            plan.forward.desc.get(),
            plan.attributes.get()));
    var copy = new vanilla_rnn_backward.primitive_desc(desc);
    dnnl_primitive_desc_destroy(desc);
    return new OneDnnWay(copy, new vanilla_rnn_backward(copy));
  }

  private static OneDnnWay lstm(OneDnnPlan plan) {
    dnnl_primitive_desc desc = new dnnl_primitive_desc();
    check(
        dnnl_lstm_backward_primitive_desc_create(
            desc,
            OneDnn.ENGINE.get(),
            dnnl_backward,
            dnnl_unidirectional_left2right,
            plan.x.get(),
            plan.state.get(),
            plan.state.get(),
            plan.input.get(),
            plan.recurrent.get(),
            null,
            null,
            plan.bias.get(),
            plan.out.get(),
            plan.state.get(),
            plan.state.get(),
            plan.x.get(),
            plan.state.get(),
            plan.state.get(),
            plan.dInput.get(),
            plan.dRecurrent.get(),
            null,
            null,
            plan.bias.get(),
            plan.out.get(),
            plan.state.get(),
            plan.state.get(),
            dnnl_rnn_flags_diff_weights_overwrite,
            plan.forward.desc.get(),
            plan.attributes.get()));
    var copy = new lstm_backward.primitive_desc(desc);
    dnnl_primitive_desc_destroy(desc);
    return new OneDnnWay(copy, new lstm_backward(copy));
  }

  private static void check(int status) {
    if (status != dnnl_success) {
      throw new IllegalStateException("oneDNN describes no backward pass: status " + status);
    }
  }
}
