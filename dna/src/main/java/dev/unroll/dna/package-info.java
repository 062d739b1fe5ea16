/**
 * DNA: what a strand is, many to one, and which of its regions are what, many to many.
 *
 * <p>{@link dev.unroll.dna.StrandReader} and {@link dev.unroll.dna.RegionReader} read {@link
 * dev.unroll.dna.Strand}s and {@link dev.unroll.dna.Region}s, {@link dev.unroll.dna.StrandEncoder}
 * makes arrays of them, {@link dev.unroll.dna.DnaTrainer} trains, and {@link
 * dev.unroll.dna.DnaModel} classifies strands or annotates them.
 */
package dev.unroll.dna;
