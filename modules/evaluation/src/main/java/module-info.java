/** Scores, counted as the field counts them. */
module dev.unroll.evaluation {
  exports dev.unroll.evaluation;
}
