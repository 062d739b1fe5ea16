/**
 * How a network comes by its parameters, the same for every task: what a task brings is an encoder,
 * a network and a score.
 *
 * <pre>
 *   Trainer, Recipe              the whole of a training, and a task's part in it
 *     Encoder, SequenceBatch       examples to arrays: prepared once, laid side by side in batches
 *     Standardisation              the scale of vectors, as the training part had it
 *     Batches, Variation           which examples meet in a step, and how they change by the epoch
 *     Training                     epochs of steps, a look at dev after each, the best is kept
 *       TrainingStep                 one step, here or on a device
 *         GradientStep, Optimizer      gradient; clipping, Adam
 *       DivergenceCheck, EarlyStopping, ParameterAverage
 *       Checkpoint, ExampleDigest    how a stopped training goes on, and only on the same examples
 *   DynamicEvaluation            learning on from what a network was scored on
 *   RecurrentStack, Pooling, InitialVectors, MemoryEstimate   parts of networks, and what they take
 *   Probabilities                what a network that labels sequences makes of them
 *   NetworkFile                  a model's file: what all tasks keep in it
 *   TrainedNetwork               one model, many threads
 * </pre>
 *
 * <p>The same seed gives the same parameters to the last bit, however many threads compute and
 * however often the training was stopped and resumed. Nothing here prints or ends the process.
 */
package dev.unroll.training;
