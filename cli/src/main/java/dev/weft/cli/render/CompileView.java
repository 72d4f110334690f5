package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A program that was written.
 *
 * @param directory as the user named it
 * @param files their names in the directory
 */
public record CompileView(String directory, String target, int devices, List<String> files)
    implements View {
  public CompileView {
    files = List.copyOf(files);
  }

  @Override
  public String text() {
    return directory
        + ": "
        + Quantity.counted(files.size(), "file")
        + " for "
        + Quantity.counted(devices, "device")
        + " ("
        + target
        + "); README.md there says how to prove and to train it\n";
  }

  @Override
  public void json(ObjectNode document) {
    document.put("directory", directory);
    document.put("target", target);
    document.put("devices", devices);
    var names = document.putArray("files");
    files.forEach(names::add);
  }
}
