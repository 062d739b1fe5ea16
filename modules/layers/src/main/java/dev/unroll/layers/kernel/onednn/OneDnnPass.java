package dev.unroll.layers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.unroll.layers.kernel.CellShape;
import dev.unroll.layers.kernel.Pass;
import dev.unroll.layers.kernel.RecurrentKernel;
import dev.unroll.layers.memory.Address;
import dev.unroll.layers.memory.Slab;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** One part of a batch, computed by oneDNN. */
final class OneDnnPass extends Pass {
  /** Plans: batches of other lengths have others. */
  private static final int KEPT = 16;

  private final stream stream = new stream(OneDnn.ENGINE);
  private final Slab hN = new Slab(DataType.FLOAT);
  private final Slab workspace = new Slab(DataType.INT8);
  private final Slab zeros = new Slab(DataType.FLOAT);
  private final Slab dState = new Slab(DataType.FLOAT);
  private final Slab dMemory = new Slab(DataType.FLOAT);
  private final Slab dInput = new Slab(DataType.FLOAT);
  private final Slab dRecurrent = new Slab(DataType.FLOAT);
  private final Slab dBias = new Slab(DataType.FLOAT);

  /** There once the pass has trained. */
  private OneDnnGradient inputGradient;

  private OneDnnGradient recurrentGradient;
  private OneDnnGradient biasGradient;
  private OneDnnPlan plan;

  /** What the plans of this pass were called with. */
  private final LastUsed<OneDnnPlan, Calls> calls = new LastUsed<>(KEPT);

  private record Calls(Arguments forward, Arguments backward) {}

  private final Operands operands;

  /** Inputs, outputs and states as they are multiplied, where that is not as floats. */
  private final Slab narrowX = new Slab(DataType.INT8);

  private final Slab narrowOut = new Slab(DataType.INT8);
  private final Slab narrowState = new Slab(DataType.INT8);

  OneDnnPass(CellShape shape, Operands operands) {
    super(shape, DataType.FLOAT);
    this.operands = operands;
  }

  @Override
  protected void prepare() {
    plan = OneDnnPlan.of(shape, operands, rows(), steps(), training());
    long states = (long) rows() * shape.hidden();
    hN.reserve(states);
    if (operands != Operands.FLOAT) {
      narrowX.reserve(plan.x.get_size());
      narrowState.reserve(plan.state.get_size());
      narrowOut.reserve(plan.out.get_size());
    }
    if (training()) {
      workspace.reserve(plan.forward.workspaceBytes);
      zeros.reserveZeros(states);
      dState.reserve(states);
      dMemory.reserve(states);
      if (inputGradient == null) {
        inputGradient = new OneDnnGradient(shape, shape.inputs(), shape.cell().gates());
        recurrentGradient = new OneDnnGradient(shape, shape.hidden(), shape.cell().gates());
        biasGradient = new OneDnnGradient(shape, 1, shape.cell().biases());
      }
    }
  }

  @Override
  protected void forward(RecurrentKernel.Weights weights) {
    OneDnnWeights parameters = (OneDnnWeights) weights;
    Arguments arguments = calls().forward;
    putCommon(arguments, parameters, plan.forward);
    plan.forward.code.execute(stream, arguments.map());
    stream._wait();
    if (plan.ofOut != null) {
      plan.ofOut.run(stream, narrowOut, out);
    }
  }

  /** What the cell reads, as it multiplies it. */
  private Slab read(OneDnnPlan.Conversion conversion, Slab floats, Slab narrow) {
    if (conversion == null) {
      return floats;
    }
    conversion.run(stream, floats, narrow);
    return narrow;
  }

  @Override
  protected void backward(RecurrentKernel.Weights weights) {
    OneDnnWeights parameters = (OneDnnWeights) weights;
    dInput.reserve(shape.inputWeights());
    dRecurrent.reserve(shape.recurrentWeights());
    dBias.reserve(shape.biases());
    Arguments arguments = calls().backward;
    putCommon(arguments, parameters, plan.backward);
    arguments.put(DNNL_ARG_DIFF_DST_LAYER, plan.out, dOut);
    arguments.put(DNNL_ARG_DIFF_DST_ITER, plan.state, zeros);
    arguments.put(DNNL_ARG_DIFF_SRC_LAYER, plan.x, dX);
    arguments.put(DNNL_ARG_DIFF_SRC_ITER, plan.state, dH0 == null ? dState : dH0);
    arguments.put(DNNL_ARG_DIFF_WEIGHTS_LAYER, plan.dInput, dInput);
    arguments.put(DNNL_ARG_DIFF_WEIGHTS_ITER, plan.dRecurrent, dRecurrent);
    arguments.put(DNNL_ARG_DIFF_BIAS, plan.bias, dBias);
    if (shape.cell().hasMemory()) {
      arguments.put(DNNL_ARG_DIFF_DST_ITER_C, plan.state, dCn == null ? zeros : dCn);
      arguments.put(DNNL_ARG_DIFF_SRC_ITER_C, plan.state, dC0 == null ? dMemory : dC0);
    }
    plan.backward.code.execute(stream, arguments.map());
    stream._wait();
  }

  private Calls calls() {
    return calls.computeIfAbsent(plan, p -> new Calls(new Arguments(), new Arguments()));
  }

  /** The parameters, and what the forward pass writes and the backward pass reads. */
  private void putCommon(Arguments arguments, OneDnnWeights parameters, OneDnnWay way) {
    arguments.put(DNNL_ARG_WEIGHTS_LAYER, parameters.input(way.input));
    arguments.put(DNNL_ARG_WEIGHTS_ITER, parameters.recurrent(way.recurrent));
    arguments.put(DNNL_ARG_BIAS, plan.bias, parameters.bias());
    arguments.put(DNNL_ARG_SRC_LAYER, plan.x, read(plan.toX, x, narrowX));
    arguments.put(DNNL_ARG_SRC_ITER, plan.state, read(plan.toState, h0, narrowState));
    arguments.put(DNNL_ARG_DST_LAYER, plan.out, plan.ofOut == null ? out : narrowOut);
    arguments.put(DNNL_ARG_DST_ITER, plan.state, hN);
    if (shape.cell().hasMemory()) {
      arguments.put(DNNL_ARG_SRC_ITER_C, plan.memory, c0);
      arguments.put(DNNL_ARG_DST_ITER_C, plan.memory, cN);
    }
    if (training()) {
      arguments.put(DNNL_ARG_WORKSPACE, plan.forward.workspace, workspace);
    }
    arguments.put(DNNL_ARG_SCRATCHPAD, way.scratchpad, scratchpad(way.scratchpadBytes));
  }

  @Override
  protected void inputGradient(int gate, Pointer gradient, boolean add) {
    inputGradient.deliver(dInput, gate, gradient, add);
  }

  @Override
  protected void recurrentGradient(int gate, Pointer gradient, boolean add) {
    recurrentGradient.deliver(dRecurrent, gate, gradient, add);
  }

  @Override
  protected void biasGradient(Pointer gradient, boolean add) {
    long bytes = 4L * shape.hidden();
    for (int block = 0; block < shape.cell().biases(); block++) {
      Address there = new Address().at(gradient.address() + block * bytes);
      biasGradient.deliver(dBias, block, there, add);
    }
  }
}
