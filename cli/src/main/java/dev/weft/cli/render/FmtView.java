package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the formatter did.
 *
 * @param changed the files that were not in canonical layout
 * @param formattedInput the formatted text of standard input; empty where that was not read
 */
public record FmtView(Mode mode, List<String> changed, String formattedInput) implements View {
  /** Whether files were changed. */
  public enum Mode {
    WRITE,
    CHECK
  }

  public FmtView {
    changed = List.copyOf(changed);
  }

  @Override
  public String text() {
    return mode == Mode.WRITE
        ? formattedInput
        : changed.stream().map(file -> file + "\n").reduce("", String::concat);
  }

  @Override
  public void json(ObjectNode document) {
    var array = document.putArray(mode == Mode.WRITE ? "changed" : "unformatted");
    changed.forEach(array::add);
    if (!formattedInput.isEmpty()) {
      document.put("formatted", formattedInput);
    }
  }

  @Override
  public boolean succeeded() {
    return mode == Mode.WRITE || changed.isEmpty();
  }
}
