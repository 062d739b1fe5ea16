package dev.unroll.training.cuda;

/** Whoever has a kernel computed: an NVIDIA GPU, or in the tests the same source on the CPU. */
interface Launcher {

  /**
   * Starts a kernel, after all that was started before it.
   *
   * @param blocks 1 or more, along the first axis of the grid
   * @param threads of each block, from 1 to 256
   * @param arguments read before this returns
   */
  void launch(Kernel kernel, int blocks, int threads, KernelArguments arguments);
}
