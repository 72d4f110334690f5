package dev.weft.backends.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Python file among the resources, of which a bundle gets the definitions that it uses.
 *
 * <p>Its top-level parts are separated by two blank lines, as the formatters of Python have it. The
 * first is the head and always kept. A comment part goes with the definitions up to the next one.
 */
final class PythonLibrary {
  private static final Pattern DEFINITION =
      Pattern.compile("(?:@.*\\n)*(?:def|class) (\\w+)", Pattern.UNIX_LINES);
  private static final Pattern WORD = Pattern.compile("\\w+");

  private final String head;
  private final List<Part> parts = new ArrayList<>();

  private PythonLibrary(String text) {
    var pieces = text.stripTrailing().split("\n\n\n", -1);
    head = pieces[0];
    for (int i = 1; i < pieces.length; i++) {
      var matcher = DEFINITION.matcher(pieces[i]);
      var name = matcher.lookingAt() ? matcher.group(1) : "";
      parts.add(new Part(name, pieces[i]));
    }
  }

  /**
   * A top-level part.
   *
   * @param name what it defines; empty for a comment
   */
  private record Part(String name, String text) {}

  /** A resource of this package as text. */
  static String read(String file) {
    try (var in = PythonLibrary.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PythonLibrary of(String file) {
    return new PythonLibrary(read(file));
  }

  /** The names that the file defines. */
  Set<String> names() {
    var names = new HashSet<String>();
    parts.forEach(part -> names.add(part.name()));
    names.remove("");
    return names;
  }

  /** The definitions among the wanted names, and what they use in turn. */
  String select(Collection<String> wanted) {
    var kept = new HashSet<String>();
    wanted.forEach(name -> reach(name, kept));
    var out = new ArrayList<String>();
    var comment = "";
    for (var part : parts) {
      if (part.name().isEmpty()) {
        comment = part.text();
      } else if (kept.contains(part.name())) {
        if (!comment.isEmpty()) {
          out.add(comment);
          comment = "";
        }
        out.add(part.text());
      }
    }
    var body = String.join("\n\n\n", out) + "\n";
    return withoutUnusedImports(body) + "\n\n" + body;
  }

  /** The head, without imports whose name the body does not mention. */
  private String withoutUnusedImports(String body) {
    var lines = new ArrayList<String>();
    head.lines()
        .filter(line -> !line.startsWith("import ") || uses(body, lastWord(line)))
        .forEach(lines::add);
    return String.join("\n", lines).replaceAll("\n{3,}", "\n\n") + "\n";
  }

  private static boolean uses(String body, String module) {
    return Pattern.compile("(?<![\\w.])" + module + "\\.").matcher(body).find();
  }

  /** What an import binds. */
  private static String lastWord(String line) {
    var path = line.substring(line.lastIndexOf(' ') + 1);
    return line.contains(" as ") || !path.contains(".")
        ? path
        : path.substring(0, path.indexOf('.'));
  }

  private void reach(String name, Set<String> kept) {
    for (var part : parts) {
      if (part.name().equals(name) && kept.add(name)) {
        WORD.matcher(part.text()).results().forEach(word -> reach(word.group(), kept));
      }
    }
  }
}
