package dev.unroll.dna;

/** How strands are written down. */
public enum StrandFormat {
  /**
   * {@code >id label}, and the bases in lines of any length. What stands behind the first word of
   * the header counts as a label only where labels are asked for, and up to the next blank.
   */
  FASTA,
  /** {@code @id label}, the bases, {@code +}, and as many qualities, which are not looked at. */
  FASTQ,
  /**
   * A strand a line, its columns parted by tabs: the bases alone; {@code label bases}; {@code label
   * id bases}; or {@code id bases labels} with a letter for each base, of which {@code O}, {@code
   * .} and {@code -} say that it is nothing.
   */
  TSV
}
