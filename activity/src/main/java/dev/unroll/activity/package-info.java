/**
 * Activity: what a recording of sensors, or of a moving figure, shows. Many to one over vectors.
 *
 * <p>{@link dev.unroll.activity.RecordingReader} reads {@link dev.unroll.activity.Recording}s,
 * {@link dev.unroll.activity.ActivityEncoder} makes arrays of them, {@link
 * dev.unroll.activity.ActivityTrainer} trains, {@link dev.unroll.activity.ActivityModel} answers,
 * and {@link dev.unroll.activity.ActivityStream} while measurements still come in.
 */
package dev.unroll.activity;
