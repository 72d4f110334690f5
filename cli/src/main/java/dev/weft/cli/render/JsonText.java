package dev.weft.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.ir.source.Diagnostic;
import java.util.List;
import java.util.function.Consumer;

/** The one JSON document that a command with {@code --json} writes. */
public final class JsonText {
  private static final String DIAGNOSTICS = "diagnostics";

  private JsonText() {}

  /** A document of nothing but what was wrong. */
  public static String of(List<Diagnostic> diagnostics) {
    return of(diagnostics, _ -> {});
  }

  /** A result, behind what was reported on the way. */
  public static String of(List<Diagnostic> diagnostics, Consumer<ObjectNode> result) {
    var document = JsonNodeFactory.instance.objectNode();
    document.set(DIAGNOSTICS, DiagnosticJson.of(diagnostics));
    result.accept(document);
    return write(document);
  }

  private static String write(ObjectNode document) {
    var lines = new DefaultIndenter("  ", "\n");
    var printer = new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes is always written", e);
    }
  }
}
