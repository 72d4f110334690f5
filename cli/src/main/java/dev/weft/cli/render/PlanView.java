package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Optional;

/**
 * A plan.
 *
 * @param plan its JSON
 * @param file where it was written to; empty: nowhere yet
 */
public record PlanView(String plan, Optional<String> file) implements View {
  @Override
  public String text() {
    return file.isPresent() ? "" : plan;
  }

  @Override
  public void json(ObjectNode document) {
    document.putRawValue("plan", new RawValue(plan.strip()));
    file.ifPresent(name -> document.put("file", name));
  }
}
