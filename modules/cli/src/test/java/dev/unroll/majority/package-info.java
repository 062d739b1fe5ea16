/**
 * A whole task that is as small as can be: it answers every text with the commonest label. What
 * {@link dev.unroll.cli} shows as a recipe is taken from here, its tests run it, and {@code
 * .ci/check-new-task} adds it to the project as somebody would add a task.
 */
package dev.unroll.majority;
