/**
 * Many trainings that differ in seed, fold or settings: which there are, what each came to, and
 * what the scores say together. Who trains them, and where, is left to others: the verb {@code
 * trials} does on threads of this machine.
 */
package dev.unroll.cli.trials;
