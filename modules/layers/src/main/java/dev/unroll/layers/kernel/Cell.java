package dev.unroll.layers.kernel;

/**
 * The recurrent cells: how a new hidden state is made of an input and the last hidden state.
 *
 * <p>{@code x} is the input of a step {@code [inputs]}, {@code h} the hidden state before it {@code
 * [hidden]}, {@code h'} the one after it, {@code σ} the logistic function, {@code ∘} the product
 * element by element. Parameters come in blocks of {@code hidden} columns, in the order in which
 * the constants below list them.
 */
public enum Cell {
  /**
   * Elman's network: {@code h' = tanh(x W + h R + b)}.
   *
   * <p>J. L. Elman, <i>Finding Structure in Time</i>, Cognitive Science 14 (1990).
   */
  TANH(1, 1, false),

  /**
   * Long short-term memory without peepholes. Blocks as in Deeplearning4j: candidate, forget gate,
   * output gate, input gate.
   *
   * <pre>
   *   g = tanh(x Wg + h Rg + bg)     what could be remembered
   *   f =    σ(x Wf + h Rf + bf)     how much of the old memory stays
   *   o =    σ(x Wo + h Ro + bo)     how much of the memory is shown
   *   i =    σ(x Wi + h Ri + bi)     how much of the candidate is taken in
   *   c' = f ∘ c + i ∘ g
   *   h' = o ∘ tanh(c')
   * </pre>
   *
   * <p>S. Hochreiter and J. Schmidhuber, <i>Long Short-Term Memory</i>, Neural Computation 9
   * (1997); with the forget gate of F. Gers, J. Schmidhuber and F. Cummins, Neural Computation 12
   * (2000).
   */
  LSTM(4, 4, true),

  /**
   * Gated recurrent unit; the reset gate acts on the state before the candidate's product. Blocks:
   * reset gate, update gate, candidate.
   *
   * <pre>
   *   r =    σ(x Wr + h Rr + br)           how much of the old state the candidate sees
   *   u =    σ(x Wu + h Ru + bu)           how much of the old state stays
   *   g = tanh(x Wg + (r ∘ h) Rg + bg)     the candidate
   *   h' = u ∘ h + (1 - u) ∘ g
   * </pre>
   *
   * <p>K. Cho et al., <i>Learning Phrase Representations using RNN Encoder-Decoder for Statistical
   * Machine Translation</i>, EMNLP 2014.
   */
  GRU(3, 3, false),

  /**
   * The gated recurrent unit of cuDNN, Keras and PyTorch: the reset gate acts after the product,
   * {@code g = tanh(x Wg + bg + r ∘ (h Rg + brg))}, with one more bias block {@code brg} at the
   * end.
   */
  GRU_RESET_AFTER(3, 4, false);

  private final int gates;
  private final int biases;
  private final boolean memory;

  Cell(int gates, int biases, boolean memory) {
    this.gates = gates;
    this.biases = biases;
    this.memory = memory;
  }

  /** The number of blocks in {@code W} and {@code R}. */
  public int gates() {
    return gates;
  }

  /** The number of blocks in {@code b}. */
  public int biases() {
    return biases;
  }

  /** Whether the state has a memory {@code c} beside {@code h}. */
  public boolean hasMemory() {
    return memory;
  }
}
