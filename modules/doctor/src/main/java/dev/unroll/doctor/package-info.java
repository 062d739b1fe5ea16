/**
 * What this machine computes with: {@code unroll doctor} names the kernels and libraries that were
 * found, measures them, and says what slows them down.
 */
package dev.unroll.doctor;
