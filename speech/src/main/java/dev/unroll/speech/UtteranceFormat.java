package dev.unroll.speech;

/** How recordings and texts are written down. */
public enum UtteranceFormat {
  /**
   * {@code path<TAB>text[<TAB>speaker]}, one utterance a line; a first line with the names of these
   * columns may give them in another order.
   */
  TSV,
  /** A JSON object with the keys {@code path}, {@code text} and maybe {@code speaker} a line. */
  JSONL,
  /** A folder with Kaldi's files {@code wav.scp}, {@code text} and maybe {@code utt2spk}. */
  KALDI,
  /** A folder or zip file of recordings that are named by what is said in them. */
  NAMES
}
