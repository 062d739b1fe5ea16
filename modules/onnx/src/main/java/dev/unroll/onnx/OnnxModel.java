package dev.unroll.onnx;

import dev.unroll.data.AtomicFile;
import java.nio.file.Path;
import onnx.Onnx.ModelProto;

/** A model that programs which read ONNX can answer with. */
public final class OnnxModel {
  private final ModelProto model;

  OnnxModel(ModelProto model) {
    this.model = model;
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
