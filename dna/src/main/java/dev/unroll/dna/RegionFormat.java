package dev.unroll.dna;

/** How regions are written down. */
public enum RegionFormat {
  /**
   * Name, start from 0, end behind the last base, type, score, strand; all after the end may miss.
   */
  BED,
  /** GFF3, or GTF: nine columns; first and last base counted from 1, both within the region. */
  GFF
}
