package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisDeclarator;
import dev.weft.frontend.syntax.AxisStatement;
import dev.weft.frontend.syntax.ModelDecl;
import dev.weft.frontend.syntax.Name;
import dev.weft.ir.source.Diagnostic;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a recipe, a preset or the command line may set.
 *
 * @param free parameters, open axes, and the two settings that are no sizes
 * @param derived the axes that follow from others
 */
record SettingNames(Set<String> free, Map<String, AxisDeclarator> derived) {
  static SettingNames of(ModelDecl model) {
    var free = new LinkedHashSet<String>();
    var derived = new LinkedHashMap<String, AxisDeclarator>();
    model.parameters().forEach(p -> free.add(p.name().text()));
    for (var axis : axes(model)) {
      if (axis.size().isEmpty()) {
        free.add(axis.name().text());
      } else {
        derived.put(axis.name().text(), axis);
      }
    }
    free.addAll(List.of(Settings.PRECISION, Settings.OPTIMIZER));
    return new SettingNames(free, derived);
  }

  /** The axes that a model declares at its top, in order. */
  static List<AxisDeclarator> axes(ModelDecl model) {
    return model.body().stream()
        .filter(AxisStatement.class::isInstance)
        .flatMap(s -> ((AxisStatement) s).declarators().stream())
        .toList();
  }

  /** Whether a name may be set; if not that is reported. */
  boolean admits(Name name, Findings findings) {
    if (free.contains(name.text())) {
      return true;
    }
    var axis = derived.get(name.text());
    findings.add(
        axis == null
            ? Suggest.among(
                free, name, CheckCode.UNKNOWN_SETTING, "the model has no `" + name + "` to set")
            : Diagnostic.of(
                    CheckCode.DERIVED_SETTING, name.span(), "the axis `" + name + "` is derived")
                .note(axis.span(), "from these sizes"));
    return false;
  }
}
