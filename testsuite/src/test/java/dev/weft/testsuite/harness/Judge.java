package dev.weft.testsuite.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs a case and compares it with what it claims. */
final class Judge {
  private final Case of;
  private final Path scratch;
  private final List<String> broken = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final Set<Annotation> matched = new HashSet<>();
  private int folders;

  private Judge(Case of, Path scratch) {
    this.of = of;
    this.scratch = scratch;
  }

  /**
   * Judges a case.
   *
   * @param scratch a folder that is the judge's
   */
  static Verdict judge(Case of, Path scratch) {
    return new Judge(of, scratch).judge();
  }

  private Verdict judge() {
    requireClaims();
    of.runs().forEach(this::judge);
    of.annotations().stream()
        .filter(a -> !matched.contains(a))
        .forEach(a -> broken.add("nothing was found where expected: " + a));
    return new Verdict(broken, differences);
  }

  /** A case that runs nothing, or a block that no run fills, would claim nothing. */
  private void requireClaims() {
    if (of.runs().isEmpty()) {
      broken.add("the case has no RUN line");
    }
    var names = of.runs().stream().map(Run::block).collect(Collectors.toSet());
    of.blocks().stream()
        .filter(b -> b.kind() == Block.Kind.EXPECTED && !names.contains(b.name()))
        .forEach(b -> broken.add("line " + b.line() + ": no run is named " + b.name()));
    if (names.size() < of.runs().size() && of.runs().stream().anyMatch(r -> repeated(r))) {
      broken.add("two runs with output share a name; say as=name");
    }
  }

  private boolean repeated(Run run) {
    return of.expected(run).isPresent()
        && of.runs().stream().filter(r -> r.block().equals(run.block())).count() > 1;
  }

  private void judge(Run run) {
    try {
      var ended = Tools.find(run).run(of, run, folder());
      ended.failure().ifPresent(broken::add);
      ended.findings().forEach(this::match);
      compare(run, ended);
    } catch (RuntimeException e) {
      broken.add(run + " failed: " + e);
    }
  }

  private void match(Finding finding) {
    var claims = of.annotations().stream().filter(a -> a.matches(finding)).toList();
    matched.addAll(claims);
    if (claims.isEmpty()) {
      broken.add("found, and not expected: " + finding);
    }
  }

  private void compare(Run run, Ended ended) {
    var block = of.expected(run);
    if (ended.text().isEmpty()) {
      block.ifPresent(b -> broken.add(run + " printed nothing, but has a block"));
      return;
    }
    var actual = ended.text().get().lines().toList();
    if (block.isPresent() && block.get().isSame()) {
      requireSame(run, ended);
    } else if (!block.map(b -> b.text().equals(actual)).orElse(false)) {
      differences.add(new Difference(run.block(), block, actual));
    }
  }

  /** That nothing changes is a claim about meaning. */
  private void requireSame(Run run, Ended ended) {
    var before = Tools.find(run).unchanged(of, run, folder());
    if (!before.text().equals(ended.text())) {
      Function<Ended, List<String>> lines = e -> e.text().orElse("").lines().toList();
      broken.add(
          UnifiedDiff.of(run + " is not `same`", 1, lines.apply(before), lines.apply(ended)));
    }
  }

  /** A new folder that holds the program and the input blocks. */
  private Path folder() {
    try {
      var folder = Files.createDirectories(scratch.resolve("run" + folders++));
      Files.writeString(folder.resolve(of.file()), of.program());
      for (var input : of.inputs()) {
        Files.writeString(folder.resolve(input.name()), String.join("\n", input.text()) + "\n");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
