/**
 * Sound, from a file to what a network reads of it.
 *
 * <pre>
 *   SoundReader     WAV in any of its encodings, mixed down to one channel      → Sound
 *   Resampler       another rate, and another speed
 *   Features        frames every 10 ms: logarithms of mel bands, or cepstral coefficients
 *     Spectrum, MelBands   what they are made of
 *   SpectrumMask    hides stripes of time and of frequency while training
 *   SoundWriter     WAV with 16 bits, for samples that were computed
 * </pre>
 */
package dev.unroll.sound;
