package dev.unroll.training.cuda;

/**
 * What all parameters of a step of Adam share.
 *
 * @param beta1 decay of the mean of the gradient
 * @param beta2 decay of the mean of its square
 * @param epsilon keeps the division finite
 * @param clip largest norm of the divided gradient; 0 for no limit
 * @param divisor what the sum that the gradient is stands for, such as the number of examples
 */
record AdamScalars(float beta1, float beta2, float epsilon, double clip, double divisor) {}
