package dev.weft.backends.torch;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Python names of one scope: valid, unlike any name that is taken, and as close to the hint as that
 * allows. A name whose value is no longer read may be taken again, as a person would do.
 */
final class Names {
  private static final Set<String> RESERVED =
      Set.of(
          // keywords
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield",
          // built-in functions and types that programs use
          "abs",
          "all",
          "any",
          "bool",
          "bytes",
          "dict",
          "dir",
          "exp",
          "float",
          "hash",
          "id",
          "input",
          "int",
          "iter",
          "len",
          "list",
          "log",
          "map",
          "max",
          "min",
          "next",
          "object",
          "open",
          "pow",
          "print",
          "range",
          "repr",
          "reversed",
          "round",
          "set",
          "slice",
          "sorted",
          "str",
          "sum",
          "tuple",
          "type",
          "vars",
          "zip",
          // names of the emitted modules
          "torch",
          "np",
          "math",
          "F",
          "p",
          "g",
          "self",
          "saved",
          "einsum",
          "ops",
          "comm",
          "device");

  /** Better names for values that nobody named, which bear the name of their op. */
  private static final Map<String, String> UNNAMED =
      Map.ofEntries(
          Map.entry("normalize", "normed"),
          Map.entry("lookup", "rows"),
          Map.entry("product", "y"),
          Map.entry("contract", "y"),
          Map.entry("add", "u"),
          Map.entry("sub", "u"),
          Map.entry("mul", "u"),
          Map.entry("div", "u"),
          Map.entry("affine", "u"),
          Map.entry("reduce", "total"),
          Map.entry("max", "peak"),
          Map.entry("attention", "a"),
          Map.entry("softmax", "prob"),
          Map.entry("iota", "index"),
          Map.entry("one_hot", "hot"),
          Map.entry("pick", "picked"),
          Map.entry("top_k", "best"),
          Map.entry("nonzero", "places"),
          Map.entry("gather", "taken"),
          Map.entry("scatter", "sums"),
          Map.entry("rope", "turned"),
          Map.entry("dropout", "kept"),
          Map.entry("causal_mask", "seen"),
          Map.entry("relative_bucket", "bucket"));

  /** What cotangents and values that the backward computes again begin with. */
  private static final List<String> PREFIXES = List.of("d_", "re_");

  private final Set<String> taken = new HashSet<>();

  /** A scope in which some names have a fixed meaning. */
  Names(Set<String> fixed) {
    taken.addAll(fixed);
  }

  /** Takes a name near the hint. */
  String take(String hint) {
    var base = valid(named(hint));
    var name = base;
    for (int i = 2; !taken.add(name); i++) {
      name = base + (Character.isDigit(base.charAt(base.length() - 1)) ? "_" : "") + i;
    }
    return name;
  }

  /** Takes a name that may have been given back a moment ago, for a new value in the same place. */
  void retake(String name) {
    taken.add(name);
  }

  /** Gives a name back: its value is not read any more. */
  void release(String name) {
    taken.remove(name);
  }

  boolean isFree(String hint) {
    return !taken.contains(valid(named(hint)));
  }

  private static String named(String hint) {
    return PREFIXES.stream()
        .filter(hint::startsWith)
        .findFirst()
        .map(prefix -> prefix + named(hint.substring(prefix.length())))
        .orElseGet(() -> UNNAMED.getOrDefault(hint, hint));
  }

  /** A valid name: {@code blocks.attention.wq} becomes {@code blocks_attention_wq}. */
  static String valid(String hint) {
    var cleaned = hint.replaceAll("[^A-Za-z0-9_]", "_");
    if (cleaned.isEmpty() || Character.isDigit(cleaned.charAt(0))) {
      cleaned = "v" + cleaned;
    }
    return RESERVED.contains(cleaned) ? cleaned + "_" : cleaned;
  }
}
