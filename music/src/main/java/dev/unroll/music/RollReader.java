package dev.unroll.music;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.unroll.data.UserError;
import dev.unroll.music.score.Note;
import dev.unroll.music.score.PianoRoll;
import dev.unroll.music.score.Score;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads piano rolls: JSON of pieces, a piece a list of steps, a step a list of MIDI pitches; or an
 * object that has the keys {@code train}, {@code valid} and {@code test} with such lists. A step of
 * four numbers in which -1 is silence, one a voice, is read too.
 */
final class RollReader {
  private static final int SILENCE = -1;

  private final String source;
  private final int step;

  /**
   * @param source as messages call it
   * @param step ticks of a step
   */
  RollReader(String source, int step) {
    this.source = source;
    this.step = step;
  }

  /** All pieces of {@code json}. */
  List<Piece> read(String json) {
    List<Piece> pieces = new ArrayList<>();
    JsonReader reader = new JsonReader(new StringReader(json));
    try {
      if (reader.peek() == JsonToken.BEGIN_OBJECT) {
        reader.beginObject();
        while (reader.hasNext()) {
          String name = reader.nextName();
          pieces(reader, name, part(name), pieces);
        }
        reader.endObject();
      } else {
        pieces(reader, "piece", Piece.Part.NONE, pieces);
      }
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw UserError.data(source, "text behind the piano rolls; take it out");
      }
    } catch (EOFException e) {
      throw UserError.data(source, "the JSON ends early; copy it again");
    } catch (MalformedJsonException | JsonParseException | IllegalStateException e) {
      throw UserError.data(
          source,
          "no piano roll at %s: pieces are lists of steps, and steps lists of MIDI pitches"
              .formatted(reader.getPath()));
    } catch (IOException | NumberFormatException e) {
      throw UserError.data(source, "no MIDI pitch at " + reader.getPath() + ": " + e.getMessage());
    }
    return pieces;
  }

  private Piece.Part part(String name) {
    return switch (name) {
      case "train" -> Piece.Part.TRAIN;
      case "valid", "dev" -> Piece.Part.DEV;
      case "test" -> Piece.Part.TEST;
      default ->
          throw UserError.data(source, "the keys are train, valid and test, got '" + name + "'");
    };
  }

  private void pieces(JsonReader reader, String name, Piece.Part part, List<Piece> pieces)
      throws IOException {
    reader.beginArray();
    for (int number = 1; reader.hasNext(); number++) {
      List<int[]> roll = new ArrayList<>();
      reader.beginArray();
      while (reader.hasNext()) {
        roll.add(step(reader));
        if ((long) roll.size() * step > Score.LONGEST) {
          throw UserError.data(source, "%s %d is longer than any music".formatted(name, number));
        }
      }
      reader.endArray();
      Score score = PianoRoll.toScore(roll.toArray(int[][]::new), step);
      pieces.add(new Piece(score.named(name + " " + number), "", part));
    }
    reader.endArray();
  }

  private int[] step(JsonReader reader) throws IOException {
    TreeSet<Integer> pitches = new TreeSet<>();
    reader.beginArray();
    while (reader.hasNext()) {
      int pitch = reader.nextInt();
      if (pitch < SILENCE || pitch >= Note.PITCHES) {
        throw UserError.data(
            source,
            "a MIDI pitch is from 0 to 127 (-1 is silence), got %d at %s"
                .formatted(pitch, reader.getPath()));
      }
      if (pitch != SILENCE) {
        pitches.add(pitch);
      }
    }
    reader.endArray();
    return pitches.stream().mapToInt(Integer::intValue).toArray();
  }
}
