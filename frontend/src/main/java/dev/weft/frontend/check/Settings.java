package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Name;
import dev.weft.frontend.syntax.PresetDecl;
import dev.weft.frontend.syntax.Setting;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in force: those of the recipe, then of the chosen preset, then of the command line;
 * the last wins. The settings of every preset are looked at, chosen or not.
 */
final class Settings {
  static final String PRECISION = "precision";
  static final String OPTIMIZER = "optimizer";

  private final Declarations declarations;
  private final SettingNames names;
  private final Findings findings;
  private final Map<String, Setting> inForce = new LinkedHashMap<>();

  private Settings(Declarations declarations, Findings findings) {
    this.declarations = declarations;
    this.names = SettingNames.of(declarations.model());
    this.findings = findings;
  }

  static Settings of(Declarations declarations, Options options, Findings findings) {
    var settings = new Settings(declarations, findings);
    settings.layer(declarations.train().map(t -> t.settings()).orElse(List.of()));
    var chosen = options.preset().flatMap(settings::preset);
    for (var preset : declarations.presets().values()) {
      var known = settings.known(preset.settings());
      if (chosen.filter(preset::equals).isPresent()) {
        settings.put(known);
      }
    }
    settings.layer(CommandLineSettings.read(options.overrides(), findings));
    return settings;
  }

  Optional<Setting> find(String name) {
    return Optional.ofNullable(inForce.get(name));
  }

  private Optional<PresetDecl> preset(String name) {
    var presets = declarations.presets();
    if (!presets.containsKey(name)) {
      var written = new Name(name, new Source("--preset", name).whole());
      findings.add(
          Suggest.among(
              presets.keySet(),
              written,
              CheckCode.UNKNOWN_PRESET,
              "no preset `" + name + "` in " + declarations.model().span().source()));
    }
    return Optional.ofNullable(presets.get(name));
  }

  private void layer(List<Setting> settings) {
    put(known(settings));
  }

  private void put(List<Setting> settings) {
    settings.forEach(s -> inForce.put(s.name().text(), s));
  }

  private List<Setting> known(List<Setting> settings) {
    var first = new LinkedHashMap<String, Setting>();
    var known = new ArrayList<Setting>();
    for (var setting : settings) {
      var before = first.putIfAbsent(setting.name().text(), setting);
      if (before != null) {
        findings.add(
            Diagnostic.of(
                    CheckCode.REPEATED_SETTING,
                    setting.name().span(),
                    "`" + setting.name() + "` is set twice")
                .note(before.span(), "first here"));
      } else if (names.admits(setting.name(), findings)) {
        known.add(setting);
      }
    }
    return known;
  }
}
