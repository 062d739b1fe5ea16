package dev.unroll.layers.kernel.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.rnn_primitive_desc_base;

/**
 * What oneDNN made for one way through a cell, forward or backward; descriptions are asked for
 * once, as each answer is a new one.
 */
final class OneDnnWay {
  final rnn_primitive_desc_base desc;
  final primitive code;
  final memory.desc input;
  final memory.desc recurrent;
  final memory.desc scratchpad;
  final long scratchpadBytes;
  final memory.desc workspace;
  final long workspaceBytes;

  OneDnnWay(rnn_primitive_desc_base desc, primitive code) {
    this.desc = desc;
    this.code = code;
    input = desc.weights_layer_desc();
    recurrent = desc.weights_iter_desc();
    scratchpad = desc.scratchpad_desc();
    scratchpadBytes = scratchpad.get_size();
    workspace = desc.workspace_desc();
    workspaceBytes = workspace.get_size();
  }
}
