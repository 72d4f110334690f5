package dev.weft.testsuite.bad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.cli.Main;
import dev.weft.cli.render.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A command that has run in this process, with nothing on its input.
 *
 * @param status its exit status
 */
record Ran(int status, String out, String err) {
  private static final ObjectMapper ONE_DOCUMENT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static Ran of(Path directory, List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            directory,
            Set.of());
    int status = Main.execute(arguments.toArray(String[]::new), terminal);
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What the one JSON document on standard output says. */
  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    document().get("diagnostics").forEach(node -> findings.add(finding(node)));
    return findings;
  }

  private JsonNode document() {
    try {
      return ONE_DOCUMENT.readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not one JSON document: " + out, e);
    }
  }

  private static Finding finding(JsonNode node) {
    var place = node.has("file") ? node.get("file").asText() + ":" + node.get("line").asInt() : "";
    return new Finding(node.get("code").asText(), place);
  }
}
