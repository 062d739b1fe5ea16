/**
 * Word vectors: learned from text by word2vec's algorithm, asked for neighbours and analogies,
 * judged on the standard benchmarks, and handed to the other tasks as files of word2vec's format.
 *
 * <pre>{@code
 * SentenceReader reader = new SentenceReader(List.of(TextSource.of(file)), Tokenizer.standard(), true);
 * EmbeddingModel model = new EmbeddingTrainer(EmbeddingConfig.defaults()).train(reader).orElseThrow();
 * model.nearest("king", 10);                       // cosine, exact
 * model.analogy("man", "king", "woman", 1);        // king - man + woman
 * model.save(Path.of("vectors.bin"));
 * }</pre>
 *
 * <p>How training is made fast: the text becomes numbers in a temporary file once ({@code
 * EncodedCorpus}), so epochs cost no tokenising; weights are two flat arrays that all threads
 * change without locks ({@code Worker}); and the six dot products and updates of a step are
 * computed side by side by a {@code Kernel}, on the Vector API where Java was started with {@code
 * --add-modules jdk.incubator.vector} and in plain Java elsewhere.
 */
package dev.unroll.embeddings;
