/**
 * Looks back at the source: each step of a decoder weighs the steps of an encoder, and goes on with
 * what it weighed most.
 *
 * <p>Without it, all that a decoder knows of a sentence is the one state in which the encoder
 * ended. {@link dev.unroll.layers.attention.Attention} has the equations, and {@link
 * dev.unroll.layers.attention.Score} the three ways to weigh. Begin there; then read {@code
 * ReferenceAttention}, one sentence in plain Java. An encoder and a decoder with it:
 *
 * <pre>{@code
 * .addLayer("encoder", new Bidirectional(new Lstm.Builder().nOut(256).build()), "source")
 * .addLayer("decoder", new Lstm.Builder().nOut(256).build(), "target")
 * .addVertex("look", new AttentionSource(), "decoder", "encoder")
 * .addLayer("attention", new Attention.Builder(Score.GENERAL).nSource(512).nOut(256).build(), "look")
 * .addLayer("words", new SequenceSoftmax.Builder().nOut(vocabulary).build(), "attention")
 * }</pre>
 *
 * <p>{@link dev.unroll.layers.attention.AttentionSource} brings the source and its mask; {@link
 * dev.unroll.layers.attention.AttentionLayer#alignment} tells afterwards who looked where. All
 * steps look at once here. {@link dev.unroll.layers.attention.InputFeeding} is a decoder in which
 * each step knows where the one before looked, and so goes one by one.
 *
 * <p>A decoder that decides as it goes uses {@link dev.unroll.layers.attention.AttentionStep} or
 * {@link dev.unroll.layers.attention.InputFeedingStep}, which do the same for one step of some
 * hypotheses.
 */
package dev.unroll.layers.attention;
