package dev.weft.passes.remat;

import dev.weft.ir.graph.Result;
import dev.weft.ir.graph.Value;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.source.Span;
import dev.weft.ir.source.Suggestions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a plan names values that the backward takes from the forward: {@code name} means every value
 * of that name, {@code label/name} those of the repeats with a label.
 *
 * @param label of a repeat; empty for any place
 */
record SavedName(String label, String name) {
  static SavedName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new SavedName("", text)
        : new SavedName(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The saved values of a region that some names mean. */
  static Set<Value> meant(Region region, Collection<SavedName> names) {
    return candidates(region)
        .filter(v -> names.stream().anyMatch(n -> n.means(region, v)))
        .collect(Collectors.toSet());
  }

  private boolean means(Region region, Value value) {
    return name.equals(value.name()) && (label.isEmpty() || label.equals(region.label()));
  }

  private static Stream<Value> candidates(Region region) {
    return region.saved().stream()
        .filter(v -> v instanceof Result(var node, _) && region.isRepeatable(node));
  }

  /** What is wrong with a plan's names for a program. */
  static List<Diagnostic> problems(List<String> texts, List<Region> regions) {
    var all = new TreeSet<String>();
    regions.forEach(r -> candidates(r).forEach(v -> all.add(spelled(r, v))));
    return texts.stream()
        .filter(text -> regions.stream().allMatch(r -> meant(r, Set.of(parse(text))).isEmpty()))
        .map(text -> unknown(text, all))
        .toList();
  }

  private static String spelled(Region region, Value value) {
    return region.label().isEmpty() ? value.name() : region.label() + "/" + value.name();
  }

  private static String bare(String spelled) {
    return spelled.substring(spelled.indexOf('/') + 1);
  }

  private static Diagnostic unknown(String text, Set<String> all) {
    var message = "nothing called `" + text + "` is saved for the backward";
    var diagnostic = Diagnostic.of(RematCode.UNKNOWN_VALUE, Span.NONE, message);
    var known = text.contains("/") ? all : all.stream().map(SavedName::bare).distinct().toList();
    var near = Suggestions.closest(text, known);
    if (near.isPresent()) {
      diagnostic = diagnostic.note("did you mean `" + near.get() + "`?");
    }
    return diagnostic.note(
        all.isEmpty() ? "nothing is saved" : "saved are " + String.join(", ", all));
  }
}
