package dev.weft.testsuite.harness;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A diagnostic that a tool has given.
 *
 * @param line of the case's file; that of the RUN line for what has no place in the program
 */
record Finding(int line, String severity, String code, String message) {
  /** How a command names the program where it has no file. */
  private static final String STANDARD_INPUT = "<stdin>";

  static Finding of(JsonNode diagnostic, String program, int otherwise) {
    var file = diagnostic.path("file").asText();
    boolean placed = file.equals(program) || file.equals(STANDARD_INPUT);
    return new Finding(
        placed ? diagnostic.get("line").asInt() : otherwise,
        diagnostic.get("severity").asText(),
        diagnostic.get("code").asText(),
        diagnostic.get("message").asText());
  }

  boolean isError() {
    return severity.equals("error");
  }

  @Override
  public String toString() {
    return "line " + line + ": " + severity + "[" + code + "]: " + message;
  }
}
