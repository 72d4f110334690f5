package dev.weft.testsuite.docs;

import dev.weft.backends.core.BundleCode;
import dev.weft.cli.command.CommandCode;
import dev.weft.frontend.syntax.SyntaxCode;
import dev.weft.ir.source.Code;
import dev.weft.passes.shard.ShardCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code docs/diagnostics.md}: every diagnostic of every module, from the enums that declare them. */
public final class DiagnosticsPage {
  /** One enum of each module; the others are found beside it. */
  private static final List<Class<?>> MODULES =
      List.of(Code.class, SyntaxCode.class, ShardCode.class, BundleCode.class, CommandCode.class);

  private static final String SUFFIX = "Code.class";

  private DiagnosticsPage() {}

  public static Path path() {
    return Path.of(System.getProperty("weft.root"), "docs", "diagnostics.md");
  }

  public static String text() {
    var page = new StringBuilder();
    page.append("# Diagnostics\n\n");
    page.append("Generated from the code by `./dev bless`; do not edit.\n\n");
    page.append("A diagnostic has a code, a place, a message, notes and, where one is certain, a");
    page.append(" fix. Errors stop the compiler, warnings do not.\n");
    for (var room : rooms()) {
      page.append("\n## ").append(title(room)).append("\n\n");
      page.append("| code | severity | what is wrong | what to do |\n|---|---|---|---|\n");
      for (var code : sorted(room)) {
        page.append(row(code));
      }
    }
    return page.toString();
  }

  /** The enums of codes, in the order of their first codes. */
  static List<Class<? extends Code>> rooms() {
    return MODULES.stream()
        .flatMap(DiagnosticsPage::classesBeside)
        .flatMap(DiagnosticsPage::asRoom)
        .distinct()
        .sorted(Comparator.comparing((Class<? extends Code> room) -> sorted(room).getFirst().id()))
        .toList();
  }

  static List<Code> sorted(Class<? extends Code> room) {
    return Stream.of(room.getEnumConstants())
        .map(Code.class::cast)
        .sorted(Comparator.comparing(Code::id))
        .toList();
  }

  private static Stream<Class<? extends Code>> asRoom(Class<?> found) {
    return found.isEnum() && Code.class.isAssignableFrom(found)
        ? Stream.of(found.asSubclass(Code.class))
        : Stream.empty();
  }

  private static Stream<Class<?>> classesBeside(Class<?> one) {
    var classes = new ArrayList<Class<?>>();
    try {
      var root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (var files = Files.walk(root)) {
        for (var file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
          var name = root.relativize(file).toString().replace('/', '.');
          classes.add(Class.forName(name.substring(0, name.length() - ".class".length())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return classes.stream();
  }

  private static String title(Class<? extends Code> room) {
    var words = room.getPackageName().split("\\.");
    var place = words[words.length - 2] + "." + words[words.length - 1];
    return sorted(room).getFirst().id() + " to " + sorted(room).getLast().id() + ": `" + place + "`";
  }

  private static String row(Code code) {
    return "| %s | %s | %s | %s |\n"
        .formatted(
            code.id(),
            code.severity().name().toLowerCase(Locale.ROOT),
            cell(code.summary()),
            cell(code.help()));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
