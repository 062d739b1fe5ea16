package dev.unroll.server;

import dev.unroll.data.OneLine;

/** A request that is not answered: the status, and a sentence that says the rule and what to do. */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Problem(int status, String sentence) {
    super(OneLine.of(sentence), null, false, false); // it is an answer: nobody looks at its trace
    this.status = status;
  }

  int status() {
    return status;
  }
}
