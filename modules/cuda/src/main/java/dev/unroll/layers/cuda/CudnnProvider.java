package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import org.bytedeco.cuda.presets.cudnn;

/**
 * Offers {@link CudnnKernel}, for {@link LargeBatches}, where there is a GPU for it. What could end
 * the process, a driver that is too old, is looked at before a library is loaded; and what the
 * loaded libraries compute is compared with the reference before anybody relies on it.
 */
public final class CudnnProvider implements KernelProvider {
  /** The name by which a user picks the kernel. */
  public static final String NAME = "cudnn";

  /** What computes, once the kernel has been loaded and found right. */
  private static volatile Opened opened;

  /**
   * A device that has been found to compute what the reference does.
   *
   * @param arithmetic that the user chose
   */
  public record Opened(Cudnn cudnn, Arithmetic arithmetic) {}

  private static final String VERSION = "/META-INF/maven/org.bytedeco/cuda/pom.properties";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RecurrentKernel load() {
    Arithmetic arithmetic = Arithmetic.chosen();
    RnnAlgorithm algorithm = RnnAlgorithm.chosen();
    Requirements requirements = Requirements.of(version());
    requirements.check(new NvidiaSmi().driver());
    Cudnn cudnn = open(requirements, algorithm);
    RecurrentKernel kernel = checked(NAME, cudnn, arithmetic);
    opened = new Opened(cudnn, arithmetic);
    return kernel;
  }

  /** The device, for whoever computes more there than recurrent layers; empty if there is none. */
  public static Optional<Opened> opened() {
    return Optional.ofNullable(opened);
  }

  /** The kernel, after it has computed what the reference does: in floats, and as it was chosen. */
  static RecurrentKernel checked(String name, Cudnn cudnn, Arithmetic arithmetic) {
    CudnnKernel kernel = new CudnnKernel(name, cudnn, arithmetic);
    if (arithmetic != Arithmetic.FLOAT) {
      // What is wrong, and not only rounded, would hide in the larger tolerance.
      SelfCheck.run(new CudnnKernel(name, cudnn, Arithmetic.FLOAT), Arithmetic.FLOAT);
    }
    return new LargeBatches(kernel, SelfCheck.run(kernel, arithmetic).toString());
  }

  private static Cudnn open(Requirements requirements, RnnAlgorithm wanted) {
    try {
      return new NvidiaCudnn(requirements, wanted);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "found no %s (%s); install them, or name their folders in LD_LIBRARY_PATH"
              .formatted(requirements.libraries(), e.getMessage()),
          e);
    }
  }

  /** The version of the binding on the class path, by which the build chose that of CUDA. */
  private static String version() {
    try (InputStream in = cudnn.class.getResourceAsStream(VERSION)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
