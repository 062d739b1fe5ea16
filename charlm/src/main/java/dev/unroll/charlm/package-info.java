/**
 * Language models of characters or words: they learn from running text what comes next, and then
 * write ({@code sample}), judge lines ({@code score}) and texts ({@code evaluate}), and show what
 * they looked back at ({@code explain}).
 *
 * <p>The story is that of every task. A {@link dev.unroll.charlm.PassageReader} reads text into
 * {@link dev.unroll.charlm.Passage}s; {@link dev.unroll.charlm.ContiguousSplit} cuts dev and test
 * off its end; a {@link dev.unroll.charlm.CharEncoder}, fitted on the training part, numbers the
 * symbols; a {@link dev.unroll.charlm.CharLmTrainer} trains the network over contiguous streams
 * with the state carried from window to window; and the {@link dev.unroll.charlm.CharLmModel} that
 * comes of it, saved and loaded, has the verbs.
 *
 * <pre>{@code
 * Corpus<Passage> text    = PassageReader.read(TextSource.of("plays.txt"), config.ending());
 * Split<Passage>  split   = ContiguousSplit.of(text, 0.1, 0, config.ending());
 * CharEncoder     encoder = CharEncoder.fit(split.train(), config);
 * CharLmModel     model   = CharLmTrainer.train(config, encoder, split);
 * model.save(Path.of("plays.zip"));
 * }</pre>
 */
package dev.unroll.charlm;
