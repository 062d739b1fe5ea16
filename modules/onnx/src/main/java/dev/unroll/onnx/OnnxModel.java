package dev.unroll.onnx;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.unroll.data.AtomicFile;
import java.nio.file.Path;
import java.util.Map;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;

/** A model that programs which read ONNX can answer with. */
public final class OnnxModel {
  /** The version of the format that came with the operators of {@link OnnxGraph#OPSET}. */
  private static final int IR_VERSION = 8;

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  private final ModelProto model;

  /**
   * A model.
   *
   * @param metadata texts are kept as they are, all else as JSON
   */
  OnnxModel(GraphProto.Builder graph, Map<String, ?> metadata) {
    ModelProto.Builder builder =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("unroll")
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxGraph.OPSET))
            .setGraph(graph);
    metadata.forEach(
        (key, value) ->
            builder.addMetadataProps(
                StringStringEntryProto.newBuilder()
                    .setKey(key)
                    .setValue(value instanceof String text ? text : json(value))));
    model = builder.build();
  }

  /** In ASCII: ONNX Runtime's Java interface garbles characters beyond the first 65,536. */
  private static String json(Object value) {
    StringBuilder ascii = new StringBuilder();
    for (char c : JSON.toJson(value).toCharArray()) {
      ascii.append(c < 0x80 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return ascii.toString();
  }

  /**
   * Writes it to a file, whole or not at all; the same model gives the same bytes.
   *
   * @throws dev.unroll.data.UserError if it cannot be written
   */
  public void write(Path path) {
    AtomicFile.write(path, model::writeTo);
  }

  /** The content of the file. */
  public byte[] toBytes() {
    return model.toByteArray();
  }
}
