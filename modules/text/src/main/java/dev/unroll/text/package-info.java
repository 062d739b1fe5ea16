/**
 * Text before it becomes numbers: reading it, cutting it into tokens, and numbering the words.
 *
 * <p>Every task begins here, in the same order. A {@link dev.unroll.data.TextSource} opens a file
 * or standard input and hands out its lines, strictly decoded, with the number of each. The task's
 * reader makes examples of them and puts these into a {@link dev.unroll.data.Corpus}, which
 * remembers where they came from. The corpus is {@linkplain dev.unroll.data.Corpus#split split}
 * into a training and a dev part. A {@link dev.unroll.text.Tokenizer} cuts the text of an example
 * into {@link dev.unroll.text.Token}s that know their place in it, and a {@link
 * dev.unroll.text.Vocabulary}, counted on the training part alone, gives each word its number.
 * Where text is to be written, {@link dev.unroll.text.ReversibleWords} mark how to undo the
 * cutting, and {@link dev.unroll.text.subwords.BytePairs} cut rare words into pieces that are
 * frequent. {@link dev.unroll.text.WordVectors} that somebody else trained can be read in place of
 * random ones.
 *
 * <p>Whatever is wrong with a file is a {@link dev.unroll.data.UserError}, one line that names the
 * file and the line in it. Nothing here depends on Deeplearning4j, and the build keeps it so.
 */
package dev.unroll.text;
