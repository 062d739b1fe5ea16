"""Writes gensim.txt and gensim.bin with gensim, and says what is in them: the other side of GensimFilesTest."""

import numpy
from gensim.models import KeyedVectors

words = ["the", "Ärger", "東京", "new_york"]
values = numpy.arange(12, dtype=numpy.float32).reshape(4, 3) / 7 - 1
vectors = KeyedVectors(3)
vectors.add_vectors(words, values)
for position, word in enumerate(words):
    vectors.set_vecattr(word, "count", len(words) - position)
vectors.save_word2vec_format("gensim.txt")
vectors.save_word2vec_format("gensim.bin", binary=True)
print(words, values)
