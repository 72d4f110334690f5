package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.ir.graph.Module;
import dev.weft.ir.text.Printer;
import java.util.List;

/**
 * Modules as IR text.
 *
 * @param stages what was to be shown on the way; where there is any, the last module is not shown
 *     again
 */
public record IrView(List<Stage> stages, Module last) implements View {
  /** A module after a pass. */
  public record Stage(String pass, Module module) {}

  public IrView {
    stages = List.copyOf(stages);
  }

  @Override
  public String text() {
    if (stages.isEmpty()) {
      return Printer.print(last);
    }
    var out = new StringBuilder();
    for (var stage : stages) {
      out.append(out.isEmpty() ? "" : "\n");
      out.append("// after ").append(stage.pass()).append('\n');
      out.append(Printer.print(stage.module()));
    }
    return out.toString();
  }

  @Override
  public void json(ObjectNode document) {
    var array = document.putArray("stages");
    for (var stage : stages) {
      array.addObject().put("pass", stage.pass()).put("ir", Printer.print(stage.module()));
    }
    document.put("ir", Printer.print(last));
  }
}
