/**
 * The contracts that every task keeps, written once: its tests inherit them and say only how it is
 * trained and asked.
 *
 * <ul>
 *   <li>{@link dev.unroll.testing.ModelContract}: what a model does, used as a library
 *   <li>{@link dev.unroll.testing.CliContract}: what the verbs print where, and how they end
 *   <li>{@link dev.unroll.testing.ResumeContract}: what a stopped training leaves, and that it goes
 *       on to the same bytes
 *   <li>{@link dev.unroll.testing.CompatibilityContract}: what earlier versions wrote is still read
 * </ul>
 *
 * <p>Nothing here knows Deeplearning4j, picocli or a task.
 */
package dev.unroll.testing;
