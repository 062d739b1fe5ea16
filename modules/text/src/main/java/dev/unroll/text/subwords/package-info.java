/**
 * Words as sequences of subwords, so that few symbols spell all words: {@link
 * dev.unroll.text.subwords.BytePairs}, learnt from counts of words and applied to each.
 */
package dev.unroll.text.subwords;
