/**
 * Models of music: they learn from pieces what sounds next, and then {@code compose}, {@code
 * harmonise}, {@code score} and {@code evaluate}, and show and play what they find ({@code
 * explain}).
 *
 * <p>The story is that of every task. A {@link dev.unroll.music.PieceReader} reads MIDI, ABC and
 * piano rolls into {@link dev.unroll.music.Piece}s; a {@link dev.unroll.music.MusicEncoder}, fitted
 * on the training part, writes them as symbols, in one of three {@link dev.unroll.music.Notation}s;
 * a {@link dev.unroll.music.MusicTrainer} trains one recurrent language model of these symbols; and
 * the {@link dev.unroll.music.MusicModel} that comes of it, saved and loaded, has the verbs.
 *
 * <pre>{@code
 * Corpus<Piece> tunes   = new PieceReader(Optional.empty(), config.rollStep(), System.err::println)
 *                             .read(TextSource.of("tunes"));
 * Split<Piece>  split   = tunes.split(0.1, 1, piece -> "");
 * MusicEncoder  encoder = MusicEncoder.fit(split.train(), config);
 * MusicModel    model   = MusicTrainer.train(config, encoder, split);
 * model.save(Path.of("tunes.zip"));
 * }</pre>
 */
package dev.unroll.music;
