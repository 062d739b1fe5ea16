/**
 * Examples on their way in, models on their way out, and what a training is asked for and tells:
 * the part of the house that knows neither a network nor what the examples are.
 *
 * <pre>
 *   TextSource, LineReader     bytes of any origin as text, with places for messages
 *   Corpus → Split             examples, and the parts to train on, to choose by and to report
 *   Settings, …Config          what is asked for, checked
 *   TrainingListener, Outcome  what a training tells, and what is left of it
 *   ModelFile(Writer)          a model on disk, with checksums and its provenance
 *   AtomicFile                 a file that appears whole or not at all
 *   UserError                  what a user can fix: rule, value, remedy
 * </pre>
 *
 * <p>Nothing here prints, ends the process or loads native code.
 */
package dev.unroll.data;
