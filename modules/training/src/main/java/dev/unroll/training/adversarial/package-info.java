/**
 * Training that asks for the same answer near an example as for the example itself (T. Miyato, A.
 * Dai, I. Goodfellow, <i>Adversarial Training Methods for Semi-Supervised Text Classification</i>,
 * ICLR 2017): near in the vectors of its words, in the direction that changes the answer most.
 */
package dev.unroll.training.adversarial;
