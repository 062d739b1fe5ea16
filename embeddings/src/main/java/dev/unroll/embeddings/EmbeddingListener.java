package dev.unroll.embeddings;

import java.time.Duration;

/** Is told how a training goes on; called by the thread that called the trainer. */
public interface EmbeddingListener {
  /** Hears nothing. */
  EmbeddingListener NONE = new EmbeddingListener() {};

  /** Once the text was read: {@code lexicon} are the words that get vectors. */
  default void encoded(Lexicon lexicon) {}

  /** A few times a second. */
  default void progressed(Progress progress) {}

  /**
   * How far it is.
   *
   * @param epoch from 1
   * @param epochs of the whole training
   * @param done share of the whole training, from 0 to 1
   * @param words words of the text gone through so far, those that were dropped included
   * @param wordsPerSecond since the training, without the reading of the text, began
   * @param learningRate now
   * @param elapsed since then
   */
  record Progress(
      int epoch,
      int epochs,
      double done,
      long words,
      double wordsPerSecond,
      double learningRate,
      Duration elapsed) {}
}
