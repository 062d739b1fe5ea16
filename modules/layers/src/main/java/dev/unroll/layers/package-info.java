/**
 * Recurrent layers for Deeplearning4j, and what a network of them needs round them.
 *
 * <p>A recurrent network reads a sequence one step at a time and carries a state from step to step:
 * what it says at a step depends on all it has read. {@link dev.unroll.layers.SimpleRnn} is the
 * plain idea, {@link dev.unroll.layers.Gru} and {@link dev.unroll.layers.Lstm} learn what to keep
 * and what to forget, and {@link dev.unroll.layers.Bidirectional} reads from both ends. All are
 * layer configurations like Deeplearning4j's own, with its parameter names and layouts:
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder()
 *     .updater(new Adam(1e-3))
 *     .graphBuilder()
 *     .addInputs("words")
 *     .addLayer("reader", new Bidirectional(new Lstm.Builder().nOut(128).build()), "words")
 *     .addLayer("second", new Gru.Builder().nOut(64).dropOut(0.8).build(), "reader")
 *     ...
 * }</pre>
 *
 * <p>Sequences are arrays {@code [batch, features, time]}; how they lie in memory is told by {@link
 * dev.unroll.layers.memory.TimeMajor}. Not every sequence of a batch is as long as the longest, so
 * a mask {@code [batch, time]} tells which steps are there; a layer neither reads the others nor
 * lets them change an answer.
 *
 * <p>What a layer has read is its state. {@link dev.unroll.layers.LastState} takes it from where a
 * sequence ends, and {@link dev.unroll.layers.InitialState} has another layer begin with it, as a
 * decoder does behind an encoder; {@link dev.unroll.layers.Stepper} then reads with the decoder one
 * step at a time.
 *
 * <pre>
 *   {@link dev.unroll.layers.attention}   lets a decoder look back at all that an encoder said
 *   {@link dev.unroll.layers.crf}, {@link dev.unroll.layers.ctc}, {@link dev.unroll.layers.characters}, {@link dev.unroll.layers.pooling}, {@link dev.unroll.layers.dropout}     layers of other kinds
 *   {@link dev.unroll.layers.sequences}   what the configurations of layers over sequences have in common
 *   {@link dev.unroll.layers.output}      what output layers have in common; a softmax over very many classes
 *   {@link dev.unroll.layers.kernel}      the equations of the cells, and the code that computes them fast
 *   {@link dev.unroll.layers.memory}      arrays as they lie, masks, products, threads
 * </pre>
 */
package dev.unroll.layers;
