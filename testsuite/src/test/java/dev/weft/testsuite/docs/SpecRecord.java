package dev.weft.testsuite.docs;

import dev.weft.passes.cluster.SpecKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A record that cluster specs are made of, with what its source says about each component.
 *
 * @param keys what each component is, in the order of the record
 */
record SpecRecord(Class<?> type, String summary, Map<String, String> keys) {
  private static final Path ROOT = Path.of(System.getProperty("weft.root", ".."));

  /** All of them: the kinds of specs, and the records within. */
  static List<SpecRecord> all() {
    var types = new LinkedHashSet<Class<?>>();
    for (var kind : SpecKind.values()) {
      collect(kind.type(), types);
    }
    return types.stream().map(SpecRecord::of).toList();
  }

  private static void collect(Class<?> type, Set<Class<?>> types) {
    if (type.isRecord() && types.add(type)) {
      for (var component : type.getRecordComponents()) {
        innermost(component.getGenericType()).forEach(part -> collect(part, types));
      }
    }
  }

  /** The classes of a type, those of its arguments included. */
  static Stream<Class<?>> innermost(Type type) {
    return type instanceof ParameterizedType generic
        ? Arrays.stream(generic.getActualTypeArguments()).flatMap(SpecRecord::innermost)
        : Stream.of((Class<?>) type);
  }

  private static SpecRecord of(Class<?> type) {
    var comment = comment(type);
    var parts = comment.split("@param ");
    var summary = parts[0].split("<p>|<pre>")[0].strip();
    var documented = new LinkedHashMap<String, String>();
    for (var part : List.of(parts).subList(1, parts.length)) {
      int end = part.indexOf(' ');
      documented.put(part.substring(0, end), plain(part.substring(end)));
    }
    var keys = new LinkedHashMap<String, String>();
    for (var component : type.getRecordComponents()) {
      var name = component.getName();
      keys.put(name, documented.getOrDefault(name, usualMeaning(component)));
    }
    return new SpecRecord(type, plain(summary), keys);
  }

  /** What a component is that the source leaves to its type. */
  private static String usualMeaning(RecordComponent component) {
    var type = innermost(component.getGenericType()).findFirst().orElseThrow();
    return type.isRecord() ? "the " + nameOf(type) : "";
  }

  private static String comment(Class<?> type) {
    var file = type.getName().replace('.', '/') + ".java";
    try {
      var source = Files.readString(ROOT.resolve("passes/src/main/java").resolve(file));
      int end = source.indexOf("*/\npublic record " + type.getSimpleName());
      int start = source.lastIndexOf("/**", end);
      return source.substring(start + 3, end).replaceAll("\n *\\* ?", "\n").replaceAll("\\s+", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String text) {
    return text.replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("\\{@link #?(?:\\w+#)?([^}]*)}", "`$1`")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** The name in the schema and on the page: that of the kind of spec, or of the class. */
  static String nameOf(Class<?> type) {
    return Stream.of(SpecKind.values())
        .filter(kind -> kind.type().equals(type))
        .map(SpecKind::text)
        .findFirst()
        .orElseGet(() -> spaced(type.getSimpleName()));
  }

  private static String spaced(String name) {
    return name.replaceAll("(?<!^)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  String name() {
    return nameOf(type);
  }

  Optional<SpecKind> kind() {
    return Stream.of(SpecKind.values()).filter(kind -> kind.type().equals(type)).findFirst();
  }

  RecordComponent component(String key) {
    return Arrays.stream(type.getRecordComponents())
        .filter(c -> c.getName().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a key may be left out: what is optional, and what has a usual value. */
  boolean mayLack(String key) {
    var component = component(key).getType();
    return component.getSimpleName().startsWith("Optional")
        || hasUsual(type)
        || hasUsual(component);
  }

  private static boolean hasUsual(Class<?> type) {
    return Arrays.stream(type.getFields()).anyMatch(field -> field.getName().equals("USUAL"));
  }
}
