package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.cli.render.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A command that has run in this process.
 *
 * @param status the exit status
 */
record Weft(int status, String out, String err) {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("weft.root")).resolve("examples").toAbsolutePath();

  /** A model on which every kind of parallelism works, and that runs at once. */
  static final String SMALL =
      """
      model small(layers = 2, heads = 4, model = 8, ffn = 16, vocab = 32) {
        axis batch, seq
        axis key = model / heads

        input tokens: i32[batch, seq] in vocab from text
        input labels: i32[batch, seq] in vocab from text shift 1

        param wte: [vocab, model]

        x[batch, seq, model] = wte[tokens]
        repeat layers as blocks {
          x = x + attention(rms_norm(x), heads: heads, key: key, causal: true)
          x = x + mlp(rms_norm(x), ffn: ffn)
        }
        logits[batch, seq, vocab] = rms_norm(x) * wte
        output logits
        loss = mean(cross_entropy(logits, labels, over: vocab))
      }

      preset wide { model = 16, ffn = 32 }

      train small { batch = 8, seq = 4, precision = f64, optimizer = adamw(lr: 1e-2) }
      """;

  /** Runs a command in a directory, with nothing on its input. */
  static Weft run(Path directory, String... arguments) {
    return run(directory, Set.of(), "", arguments);
  }

  static Weft run(Path directory, Set<Terminal.Trait> traits, String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            directory,
            traits);
    int status = Main.execute(arguments, terminal);
    return new Weft(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static String example(String name) {
    return EXAMPLES.resolve(name).toString();
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one JSON document on standard output. */
  JsonNode json() {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The codes of the diagnostics of the JSON document. */
  List<String> codes() {
    return json().get("diagnostics").findValuesAsText("code");
  }

  Weft expectStatus(int expected) {
    assertThat(status).as("exit status; stderr: " + err + " stdout: " + out).isEqualTo(expected);
    assertThat(err).doesNotContain("\tat ");
    return this;
  }
}
