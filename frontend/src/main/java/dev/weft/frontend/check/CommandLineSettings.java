package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Setting;
import dev.weft.frontend.syntax.SyntaxParser;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import dev.weft.ir.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code -D name=value} as the same settings that a preset holds. */
final class CommandLineSettings {
  private static final String FLAG = "-D";
  private static final String BEFORE = "preset given {\n";
  private static final String AFTER = "\n}\n";

  private CommandLineSettings() {}

  static List<Setting> read(Map<String, String> overrides, Findings findings) {
    var settings = new ArrayList<Setting>();
    overrides.forEach((name, value) -> read(name, value, findings).ifPresent(settings::add));
    return settings;
  }

  private static Optional<Setting> read(String name, String value, Findings findings) {
    var given = name + "=" + value;
    var source = new Source(FLAG, BEFORE + given + AFTER);
    var tree = SyntaxParser.parse(source);
    var declared = tree.value().map(t -> t.declarations()).orElse(List.of());
    var settings =
        tree.value().stream()
            .flatMap(t -> t.presets().stream())
            .flatMap(p -> p.settings().stream());
    var found = settings.toList();
    if (tree.hasErrors() || declared.size() != 1 || found.size() != 1) {
      var span = new Span(source, BEFORE.length(), BEFORE.length() + given.length());
      var why = tree.diagnostics().stream().findFirst().map(Diagnostic::message);
      var diagnostic =
          Diagnostic.of(CheckCode.BAD_OVERRIDE, span, "`" + given + "` is not one setting");
      findings.add(why.map(diagnostic::note).orElse(diagnostic));
      return Optional.empty();
    }
    return Optional.of(found.getFirst());
  }
}
