package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.ListExpression;
import dev.weft.frontend.syntax.NameExpression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights that {@code no_decay: [vectors, layer_norm, bias]} means. A name means every weight
 * that has it as a part of its path: the parameter itself, or a block or repeat that it is in, be
 * it the first of that name or a later one ({@code layer_norm_2}). {@code vectors} means the
 * weights that have at most one axis beside those that count layers.
 */
record DecayNames(Map<String, WeightFacts> weights, Findings findings) {
  private static final String VECTORS = "vectors";

  Set<String> paths(Expression expression) {
    var paths = new TreeSet<String>();
    var names = expression instanceof ListExpression list ? list.items() : List.of(expression);
    for (var item : names) {
      if (item instanceof NameExpression name) {
        paths.addAll(paths(name));
      } else {
        findings.add(
            CheckCode.RECIPE_VALUE,
            item.span(),
            "`" + item.span().text() + "` is not the name of weights");
      }
    }
    return paths;
  }

  private Set<String> paths(NameExpression name) {
    var found = new TreeSet<String>();
    var known = new TreeSet<>(Set.of(VECTORS));
    weights.forEach(
        (path, facts) -> {
          var parts = parts(path);
          known.addAll(parts);
          boolean meant = name.name().text().equals(VECTORS) && facts.isVector();
          if (meant || parts.contains(name.name().text())) {
            found.add(path);
          }
        });
    if (found.isEmpty() && !findings.hasErrors()) {
      findings.add(
          Suggest.among(
              known,
              name.name(),
              CheckCode.RECIPE_VALUE,
              "no weight has `" + name.name() + "` in its path"));
    }
    return found;
  }

  /** The parts of a path, also without the number of a later one of the same name. */
  private static Set<String> parts(String path) {
    var parts = new TreeSet<String>();
    for (var part : path.split("\\.", -1)) {
      parts.add(part);
      parts.add(part.replaceFirst("_[0-9]+$", ""));
    }
    return parts;
  }
}
