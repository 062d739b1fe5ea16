package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.CellShape;

/**
 * What one call of cuDNN computes: layers on top of one another, each in one direction or two. The
 * layers above the first read what both directions of the one below give, those of the forward one
 * first; nothing is dropped between them.
 *
 * <p>cuDNN numbers what it calls pseudo-layers, of which each has matrices and states of its own:
 * {@code layer * directions + direction}.
 *
 * @param first one direction of the first layer
 * @param directions 1, or 2, of which the second reads each row from its own last step on
 */
public record RnnShape(CellShape first, int layers, int directions) {

  /** Refuses what cuDNN does not know. */
  public RnnShape {
    if (layers < 1 || directions < 1 || directions > 2) {
      throw new IllegalArgumentException(
          "layers must be 1 or more and directions 1 or 2, got %d and %d"
              .formatted(layers, directions));
    }
  }

  /** One layer in one direction. */
  static RnnShape of(CellShape shape) {
    return new RnnShape(shape, 1, 1);
  }

  /** Features of a state. */
  public int hidden() {
    return first.hidden();
  }

  /** Features that the last layer gives at a step. */
  public int outputs() {
    return directions * hidden();
  }

  /** How many pseudo-layers there are. */
  public int pseudoLayers() {
    return layers * directions;
  }

  /** The sizes of a pseudo-layer. */
  public CellShape cell(int pseudoLayer) {
    return pseudoLayer < directions ? first : new CellShape(first.cell(), outputs(), hidden());
  }
}
