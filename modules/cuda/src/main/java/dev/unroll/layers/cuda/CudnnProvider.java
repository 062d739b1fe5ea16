package dev.unroll.layers.cuda;

import dev.unroll.layers.kernel.KernelProvider;
import dev.unroll.layers.kernel.RecurrentKernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.cuda.presets.cudnn;

/**
 * Offers {@link CudnnKernel} where there is a processor for it. What could end the process, such as
 * a driver that is too old, is looked at before a library is loaded; and what the loaded libraries
 * compute is compared with the reference before anybody relies on it.
 */
public final class CudnnProvider implements KernelProvider {
  /** The name by which a user picks the kernel. */
  public static final String NAME = "cudnn";

  private static final String VERSION = "/META-INF/maven/org.bytedeco/cuda/pom.properties";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RecurrentKernel load() {
    Requirements.of(version()).check(Gpu.parse(NvidiaSmi.answer()));
    RecurrentKernel kernel = new CudnnKernel(NAME, open());
    SelfCheck.run(kernel);
    return kernel;
  }

  private static Cudnn open() {
    try {
      return new NvidiaCudnn();
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "found no %s (%s); install them, or name their folders in LD_LIBRARY_PATH"
              .formatted(Requirements.of(version()).libraries(), e.getMessage()),
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
