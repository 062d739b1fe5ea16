package dev.unroll.layers.attention;

/**
 * The sizes of an attention.
 *
 * @param queries features of a decoder's state
 * @param source features of an encoder's output
 * @param hidden units in which {@link Score#ADDITIVE} compares the two; 0 for the others
 * @param outputs features of the attentional vector
 */
record AttentionShape(Score score, int queries, int source, int hidden, int outputs) {

  AttentionShape {
    if (queries < 1 || source < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "attention needs nIn, nSource and nOut of at least 1, got %d, %d and %d"
              .formatted(queries, source, outputs));
    }
    if (score == Score.DOT && queries != source) {
      throw new IllegalArgumentException(
          "the score DOT needs states and source of one width, got nIn %d and nSource %d; GENERAL does not"
              .formatted(queries, source));
    }
    if ((score == Score.ADDITIVE) != (hidden > 0)) {
      throw new IllegalArgumentException(
          "nHidden is of the score ADDITIVE, which needs at least 1; got %d and %s"
              .formatted(hidden, score));
    }
  }

  /** Features of a key, with which the score compares a state. */
  int keys() {
    return score == Score.ADDITIVE ? hidden : queries;
  }

  /** Whether keys are made of the source by a matrix, rather than the source itself. */
  boolean projectsKeys() {
    return score != Score.DOT;
  }

  /** Whether states are compared after a matrix. */
  boolean projectsQueries() {
    return score == Score.ADDITIVE;
  }

  /** Features of what the attentional vector is made of: the context, then the state. */
  int seen() {
    return source + queries;
  }
}
