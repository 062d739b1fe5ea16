/**
 * What output layers over sequences have in common, whatever their loss: {@link
 * dev.unroll.layers.output.SequenceOutputLayer} deals with Deeplearning4j, {@link
 * dev.unroll.layers.output.StepLabels} reads labels and masks, {@link
 * dev.unroll.layers.output.LinearSoftmax} computes rows. And one that is made of these: {@link
 * dev.unroll.layers.output.AdaptiveSoftmax}, for very many classes.
 */
package dev.unroll.layers.output;
