/**
 * Sequences of vectors, {@code [time][channels]}, before a network reads them: frames of sound,
 * what sensors measured, the joints of a figure.
 *
 * <pre>
 *   sequence                      as it was read
 *     Augmentation                  a little different in every epoch, in training only
 *     Deltas                        how fast each channel changes, as channels beside it
 *     Standardisation               the scale of each channel, as the training part had it
 *     Stacking                      several steps as one, for fewer steps
 *   SequenceBatch                 sequences of a batch side by side
 * </pre>
 */
package dev.unroll.training.vectors;
