package dev.unroll.training.cuda;

/** The part at the end, which finds the losses; its backward pass begins with null. */
interface OutputPart extends Part.Prepared {

  /**
   * The losses of the last pass, on the device.
   *
   * @return an address; 0 if there are none there
   */
  long losses();

  /** How many there are. */
  int lossCount();

  /** The losses that were found in main memory, summed. */
  default double lossHere() {
    return 0;
  }
}
