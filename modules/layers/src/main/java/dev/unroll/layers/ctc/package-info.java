/**
 * Connectionist temporal classification: learning to write down what a sequence says, from examples
 * in which nobody told where in the sequence a label stands (A. Graves, S. Fernández, F. Gomez, J.
 * Schmidhuber, <i>Connectionist Temporal Classification: Labelling Unsegmented Sequence Data with
 * Recurrent Neural Networks</i>, ICML 2006).
 *
 * <p>{@link dev.unroll.layers.ctc.Ctc} is the output layer. {@link
 * dev.unroll.layers.ctc.ReferenceCtc} has the equations, {@link dev.unroll.layers.ctc.FloatCtc}
 * computes them fast. {@link dev.unroll.layers.ctc.BestPath} and {@link
 * dev.unroll.layers.ctc.PrefixBeamSearch} read labels off what the layer gives, the latter by a
 * {@link dev.unroll.layers.ctc.LabelModel} and within {@link dev.unroll.layers.ctc.LabelRules} too,
 * and {@link dev.unroll.layers.ctc.ForcedAlignment} tells where each of them stands.
 */
package dev.unroll.layers.ctc;
