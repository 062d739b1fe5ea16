package dev.unroll.dna;

/**
 * A region as it is answered in JSON: the keys that scripts rely on.
 *
 * @param id of the sequence
 * @param start of its first base, counted from 0
 * @param end behind its last base
 * @param strand {@code +} or {@code -}
 * @param type what it is
 * @param probability of {@link Region#probability}
 */
record RegionAnswer(
    String id, long start, long end, String strand, String type, double probability) {
  static RegionAnswer of(Region region) {
    return new RegionAnswer(
        region.id(),
        region.start(),
        region.end(),
        region.direction().sign(),
        region.type(),
        region.probability());
  }
}
