package dev.weft.cli.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.frontend.check.CheckedModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Models that are right.
 *
 * @param models by file name
 */
public record CheckView(Map<String, CheckedModel> models) implements View {
  public CheckView {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** Nothing: no news is good news. */
  @Override
  public String text() {
    return "";
  }

  @Override
  public void json(ObjectNode document) {
    var array = document.putArray("models");
    models.forEach((file, model) -> array.addObject().put("file", file).put("name", model.name()));
  }
}
