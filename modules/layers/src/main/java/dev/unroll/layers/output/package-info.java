/**
 * What output layers over sequences have in common, whatever their loss: {@link
 * dev.unroll.layers.output.SequenceOutputLayer} deals with Deeplearning4j, {@link
 * dev.unroll.layers.output.StepLabels} reads labels and masks.
 */
package dev.unroll.layers.output;
