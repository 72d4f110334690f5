package dev.weft.testsuite.docs;

import dev.weft.passes.cluster.Clusters;
import dev.weft.passes.cluster.SpecKind;
import dev.weft.passes.cluster.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code docs/cluster-keys.md}: the keys of each kind of spec, and what is shipped. */
public final class ClusterKeysPage {
  private static final String INTRODUCTION =
      """
      # Cluster specs: keys and names

      Generated from the code by `./dev bless`; do not edit. [clusters.md](clusters.md) is the guide.

      Sizes are in bytes, times in seconds, bandwidths in bytes per second in one direction, rates in operations per
      second. A number stands alone or as `{ "value": 1.5e12, "source": "where it comes from" }`.
      """;

  private ClusterKeysPage() {}

  static Path path(Path root) {
    return root.resolve("docs/cluster-keys.md");
  }

  /** Writes the page of the checkout in a directory. */
  public static void write(Path root) {
    try {
      Files.writeString(path(root), text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text() {
    var page = new StringBuilder(INTRODUCTION);
    for (var record : SpecRecord.all()) {
      page.append("\n## ").append(title(record.name())).append("\n\n");
      page.append(record.summary()).append("\n\n");
      page.append("| key | kind | needed | what |\n|---|---|---|---|\n");
      record.keys().forEach((key, what) -> page.append(row(record, key, what)));
    }
    page.append("\n## What is shipped\n\n| cluster | what |\n|---|---|\n");
    for (var name : Clusters.names()) {
      var description = Clusters.named(name).orThrow().description();
      page.append("| `").append(name).append("` | ").append(description).append(" |\n");
    }
    for (var kind : List.of(SpecKind.values()).subList(1, SpecKind.values().length)) {
      page.append("\n").append(title(kind.text())).append("s: ");
      page.append(String.join(", ", Specs.names(kind).stream().map(n -> "`" + n + "`").toList()));
      page.append(".\n");
    }
    return page.toString();
  }

  private static String row(SpecRecord record, String key, String what) {
    var needed = record.mayLack(key) ? "" : "yes";
    var kind = kind(record.component(key).getGenericType());
    return "| `%s` | %s | %s | %s |\n".formatted(key, kind, needed, what.replace("|", "\\|"));
  }

  private static String kind(Type type) {
    var part = SpecRecord.innermost(type).reduce((_, last) -> last).orElseThrow();
    var one =
        part.isRecord()
            ? SpecRecord.nameOf(part)
            : part.isEnum() ? "name" : part == String.class ? "text" : number(part);
    var raw = type.getTypeName();
    return raw.contains(List.class.getName())
        ? "list: " + one
        : raw.startsWith(Map.class.getName()) ? one + " for each name" : one;
  }

  private static String number(Class<?> type) {
    var name = type.getSimpleName();
    return name.contains("nt") || name.contains("ong") ? "whole number" : "number";
  }

  private static String title(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
