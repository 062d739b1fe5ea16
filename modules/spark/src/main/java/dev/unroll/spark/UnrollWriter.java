package dev.unroll.spark;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes a transformer and its model:
 *
 * <pre>
 *   metadata/part-00000   as Spark's own stages have it, so that a pipeline finds the class
 *   model/NAME            the model's file
 * </pre>
 *
 * Spark has helpers for the first, which differ between its versions and are not public.
 */
final class UnrollWriter extends MLWriter {
  static final String METADATA = "metadata";
  static final String MODEL = "model";

  private final UnrollTransformer transformer;

  UnrollWriter(UnrollTransformer transformer) {
    this.transformer = transformer;
  }

  @Override
  public void saveImpl(String path) {
    Path folder = new Path(path);
    ModelBytes model = transformer.model();
    try {
      FileSystem files = folder.getFileSystem(sc().hadoopConfiguration());
      write(files, new Path(new Path(folder, MODEL), model.name()), model.bytes());
      byte[] line = (new Gson().toJson(metadata()) + "\n").getBytes(StandardCharsets.UTF_8);
      write(files, new Path(new Path(folder, METADATA), "part-00000"), line);
      write(files, new Path(new Path(folder, METADATA), "_SUCCESS"), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static void write(FileSystem files, Path file, byte[] bytes) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      out.write(bytes);
    }
  }

  private Map<String, Object> metadata() {
    Map<String, Object> set = new LinkedHashMap<>();
    Map<String, Object> usual = new LinkedHashMap<>();
    for (Param<?> param : transformer.params()) {
      if (transformer.isSet(param)) {
        set.put(param.name(), transformer.getOrDefault(param));
      }
      usual.put(param.name(), transformer.getDefault(param).get());
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("class", UnrollTransformer.class.getName());
    metadata.put("timestamp", System.currentTimeMillis());
    metadata.put("sparkVersion", sc().version());
    metadata.put("uid", transformer.uid());
    metadata.put("paramMap", set);
    metadata.put("defaultParamMap", usual);
    return metadata;
  }
}
