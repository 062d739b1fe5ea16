/** A step of training on an NVIDIA GPU. */
package dev.unroll.training.cuda;
