package dev.unroll.layers.attention;

/**
 * How well a step of the source answers a state of the decoder, as one number.
 *
 * <p>{@code h} is the decoder's state {@code [nIn]}, {@code s} the encoder's output at a step
 * {@code [nSource]}; both are rows.
 */
public enum Score {
  /**
   * {@code h sᵀ}; both must be of one width. Without parameters.
   *
   * <p>T. Luong, H. Pham, C. Manning, <i>Effective Approaches to Attention-based Neural Machine
   * Translation</i>, EMNLP 2015, section 3.1.
   */
  DOT,

  /** {@code h (s Wk)ᵀ}, the "general" score of the same paper; {@code Wk} is its transposed Wa. */
  GENERAL,

  /**
   * {@code tanh(h Wq + s Wk) v}, a network with one hidden layer.
   *
   * <p>D. Bahdanau, K. Cho, Y. Bengio, <i>Neural Machine Translation by Jointly Learning to Align
   * and Translate</i>, ICLR 2015, section A.1.2.
   */
  ADDITIVE
}
