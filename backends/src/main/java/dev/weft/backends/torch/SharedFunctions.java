package dev.weft.backends.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The functions of all stages, each text once: stages that differ in the rows of their weights
 * alone have the same functions.
 */
final class SharedFunctions {
  private static final Pattern DEFINITION = Pattern.compile("def (\\w+)\\(");
  private static final String OWN = "\0";

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** The texts in order: each after those that it calls. */
  List<String> texts() {
    return List.copyOf(texts.values());
  }

  /**
   * Adds the functions of a stage, each after those that it calls. Returns by what they are called
   * in the texts what they are called among all.
   *
   * @param prefix makes names of the stage's own
   * @param own those that bear the stage's name in any case
   */
  Map<String, String> add(List<String> functions, String prefix, List<String> own) {
    var renamed = new LinkedHashMap<String, String>();
    for (var function : functions) {
      var name = name(function);
      var text = function;
      for (var entry : renamed.entrySet()) {
        text = withCalls(text, entry.getKey(), entry.getValue());
      }
      var anonymous = withCalls(text, name, OWN);
      var known = names.get(anonymous);
      if (known == null) {
        known = own.contains(name) || texts.containsKey(name) ? prefix + name : name;
        names.put(anonymous, known);
        texts.put(known, withCalls(text, name, known));
      }
      renamed.put(name, known);
    }
    return renamed;
  }

  /** Every name that a function of some stage may get. */
  static List<String> reserved(List<String> functions, List<String> prefixes) {
    var reserved = new ArrayList<>(functions);
    prefixes.forEach(prefix -> functions.forEach(name -> reserved.add(prefix + name)));
    return reserved;
  }

  private static String name(String function) {
    var matcher = DEFINITION.matcher(function);
    if (!matcher.lookingAt()) {
      throw new IllegalStateException("no function: " + function);
    }
    return matcher.group(1);
  }

  private static String withCalls(String text, String from, String to) {
    return text.replaceAll("(?<![\\w.])" + from + "\\(", to + "(");
  }
}
