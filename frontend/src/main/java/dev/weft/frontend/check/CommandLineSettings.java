package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Setting;
import dev.weft.frontend.syntax.SyntaxParser;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code -D name=value} as the same settings that a preset holds. */
final class CommandLineSettings {
  private static final String FLAG = "-D";

  private CommandLineSettings() {}

  static List<Setting> read(Map<String, String> overrides, Findings findings) {
    var settings = new ArrayList<Setting>();
    overrides.forEach((name, value) -> read(name, value, findings).ifPresent(settings::add));
    return settings;
  }

  private static Optional<Setting> read(String name, String value, Findings findings) {
    var source = new Source(FLAG, name + "=" + value);
    var setting = SyntaxParser.parseSetting(source);
    if (setting.value().isEmpty()) {
      var message = "`" + source.text() + "` is not one setting";
      var diagnostic = Diagnostic.of(CheckCode.BAD_OVERRIDE, source.whole(), message);
      var why = setting.diagnostics().stream().findFirst().map(Diagnostic::message);
      findings.add(why.map(diagnostic::note).orElse(diagnostic));
    }
    return setting.value();
  }
}
