package dev.weft.testsuite.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Python that runs emitted programs; {@code WEFT_PYTHON} names it, and {@code ./dev} sets it.
 */
public record Python(String executable) {
  private static final String VARIABLE = "WEFT_PYTHON";

  /** For each program: a busy machine takes several times as long as an idle one. */
  private static final long TIMEOUT_SECONDS = 30;

  /** For PyTorch to be loaded, once. */
  private static final long START_SECONDS = 120;

  private static final String END = "== EXIT ";

  /**
   * What one program printed, errors among it.
   *
   * @param code its exit code
   */
  public record Ended(int code, String output) {}

  /**
   * A program of a bundle with its arguments.
   *
   * @param directory the bundle
   */
  public record Command(Path directory, List<String> words) {
    public Command(Path directory, String... words) {
      this(directory, List.of(words));
    }
  }

  /** The interpreter. Without one the tests fail: what has not run proves nothing. */
  public static Python find() {
    return Optional.ofNullable(System.getenv(VARIABLE))
        .filter(path -> !path.isBlank())
        .map(Python::new)
        .orElseThrow(
            () ->
                new AssertionError(
                    "set " + VARIABLE + " to a Python with torch and numpy, or use ./dev test"));
  }

  /** Runs programs one after another in children of one process, which loads torch once. */
  public List<Ended> run(List<Command> commands) throws IOException, InterruptedException {
    // In a directory of its own: Python looks for modules beside a script.
    var script = Files.createTempDirectory("many").resolve("many.py");
    Files.writeString(script, resource("many.py"));
    var words = new ArrayList<>(List.of(executable, script.toString()));
    for (var command : commands) {
      words.add(command.directory().toString());
      words.addAll(command.words());
      words.add("--");
    }
    var output = Files.createTempFile("many", ".log");
    var process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(START_SECONDS + TIMEOUT_SECONDS * commands.size(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError("no end in sight:\n" + Files.readString(output));
    }
    var ended = split(Files.readString(output));
    if (ended.size() != commands.size()) {
      throw new AssertionError("Python ended early:\n" + Files.readString(output));
    }
    return ended;
  }

  private static List<Ended> split(String output) {
    var ended = new ArrayList<Ended>();
    var text = new StringBuilder();
    for (var line : output.lines().toList()) {
      if (line.startsWith(END)) {
        ended.add(new Ended(Integer.parseInt(line.substring(END.length())), text.toString()));
        text.setLength(0);
      } else {
        text.append(line).append('\n');
      }
    }
    return ended;
  }

  private static String resource(String name) {
    try (var in = Python.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
