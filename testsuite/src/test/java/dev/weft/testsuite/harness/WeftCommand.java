package dev.weft.testsuite.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.cli.Main;
import dev.weft.cli.render.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A {@code weft} command that has run in this process.
 *
 * @param status its exit status
 */
record WeftCommand(int status, String out, String err) {
  private static final int CRASHED = 70;

  static WeftCommand run(Path directory, String input, List<String> arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            directory,
            Set.of());
    int status = Main.execute(arguments.toArray(String[]::new), terminal);
    return new WeftCommand(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  boolean crashed() {
    return status == CRASHED;
  }

  /** The document that a command with {@code --json} prints. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not one JSON document: " + out, e);
    }
  }

  /** The diagnostics of a JSON document. */
  List<Finding> findings(Case of, Run run) {
    var findings = new ArrayList<Finding>();
    json().path("diagnostics").forEach(d -> findings.add(Finding.of(d, of.file(), run.line())));
    return findings;
  }
}
