"""Trains gensim's Word2Vec with the settings of enwiki.sh: TEXT MODEL ARCHITECTURE EPOCHS THREADS RATE."""

import json
import sys
import time

from gensim.models.word2vec import Text8Corpus, Word2Vec

text, model_file, architecture, epochs, threads, rate = sys.argv[1:]
model = Word2Vec(
    vector_size=100,
    window=5,
    negative=5,
    sample=1e-3,
    min_count=5,
    sg=int(architecture == "skip-gram"),
    alpha=float(rate),
    workers=int(threads),
    epochs=int(epochs),
)
began = time.time()
model.build_vocab(Text8Corpus(text))
trained = time.time()
model.train(Text8Corpus(text), total_examples=model.corpus_count, epochs=int(epochs))
ended = time.time()
model.wv.save_word2vec_format(model_file, binary=True)
print(
    json.dumps(
        {
            "model": model_file,
            "epochs": int(epochs),
            "seconds": round(ended - began, 2),
            "vectors": len(model.wv),
            "wordsPerSecond": round(model.corpus_total_words * int(epochs) / (ended - trained)),
        }
    )
)
