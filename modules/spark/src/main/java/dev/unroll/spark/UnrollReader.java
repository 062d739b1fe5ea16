package dev.unroll.spark;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.unroll.data.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLReader;

/** Reads what {@link UnrollWriter} wrote. */
final class UnrollReader extends MLReader<UnrollTransformer> {
  @Override
  public UnrollTransformer load(String path) {
    Configuration hadoop = sc().hadoopConfiguration();
    try {
      Path folder = new Path(path);
      FileSystem files = folder.getFileSystem(hadoop);
      JsonObject metadata = metadata(files, new Path(folder, UnrollWriter.METADATA));
      UnrollTransformer transformer = new UnrollTransformer(metadata.get("uid").getAsString());
      metadata.getAsJsonObject("paramMap").entrySet().forEach(set -> set(transformer, set));
      FileStatus[] models = files.listStatus(new Path(folder, UnrollWriter.MODEL));
      if (models.length != 1) {
        throw UserError.data(path, "holds %d models, and should one".formatted(models.length));
      }
      return transformer.model(ModelBytes.read(models[0].getPath().toString(), hadoop));
    } catch (IOException e) {
      throw UserError.data(path, "is no saved transformer: " + e.getMessage(), e);
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw UserError.data(path, "is damaged: its metadata are not those of a transformer", e);
    }
  }

  private static JsonObject metadata(FileSystem files, Path folder) throws IOException {
    try (InputStream in = files.open(new Path(folder, "part-00000"))) {
      String line = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return JsonParser.parseString(line).getAsJsonObject();
    }
  }

  private static void set(UnrollTransformer transformer, Map.Entry<String, JsonElement> set) {
    String value = set.getValue().getAsString();
    switch (set.getKey()) {
      case "inputCol" -> transformer.setInputCol(value);
      case "outputCol" -> transformer.setOutputCol(value);
      case "verb" -> transformer.setVerb(value);
      case "arguments" -> transformer.setArguments(value);
      case "batchSize" -> transformer.setBatchSize(set.getValue().getAsInt());
      default -> throw new IllegalStateException("unknown parameter " + set.getKey());
    }
  }
}
