package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file with its blocks as they should be.
 *
 * @param lines of the file; empty where something is wrong that cannot be blessed
 * @param refusals why not
 */
record Blessing(Optional<List<String>> lines, List<String> refusals) {
  static Blessing of(CaseFile file) {
    var lines = new ArrayList<>(file.lines());
    var refusals = new ArrayList<String>();
    // From the end, so that the places of earlier cases stay.
    for (var one : file.cases().reversed()) {
      var verdict = Verdict.of(one);
      verdict.meaning().forEach(m -> refusals.add(one.title() + ": " + m));
      rewrite(lines, one, verdict);
    }
    return refusals.isEmpty()
        ? new Blessing(Optional.of(lines), refusals)
        : new Blessing(Optional.empty(), refusals.reversed());
  }

  private static void rewrite(List<String> lines, Case one, Verdict verdict) {
    var missing =
        one.runs().stream()
            .map(Invocation::name)
            .distinct()
            .filter(verdict.form()::containsKey)
            .filter(name -> one.block(name).isEmpty())
            .toList();
    for (var name : missing.reversed()) {
      lines.addAll(one.end(), CaseFile.written(name, verdict.form().get(name)));
    }
    for (var block : one.blocks().reversed()) {
      var text = verdict.form().get(block.name());
      if (text != null) {
        var old = lines.subList(block.line(), block.line() + block.height());
        old.clear();
        lines.addAll(block.line(), CaseFile.written(block.name(), text));
      }
    }
  }
}
