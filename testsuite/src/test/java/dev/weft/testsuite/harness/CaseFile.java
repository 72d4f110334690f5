package dev.weft.testsuite.harness;

import dev.weft.ir.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of cases.
 *
 * @param lines of the file as it is
 */
record CaseFile(Path path, List<String> lines, List<Case> cases) {
  private static final String CASE = "// ---- case: ";
  private static final String BLOCK = "//> ";
  private static final String TEXT = "//|";

  static CaseFile read(Path path, String name) {
    try {
      return parse(path, name, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CaseFile parse(Path path, String name, List<String> lines) {
    var starts = new ArrayList<Integer>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(CASE)) {
        starts.add(i);
      }
    }
    if (starts.isEmpty()) {
      return new CaseFile(path, lines, List.of(theOnly(name, lines)));
    }
    var shared = runs(lines.subList(0, starts.getFirst()));
    var cases = new ArrayList<Case>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
      cases.add(read(name, lines, starts.get(i), end, shared));
    }
    return new CaseFile(path, lines, cases);
  }

  private static Case theOnly(String name, List<String> lines) {
    return read(name, lines, 0, lines.size(), List.of());
  }

  private static Case read(
      String name, List<String> lines, int start, int end, List<Invocation> shared) {
    var own = lines.subList(start, end);
    var first = own.isEmpty() ? "" : own.getFirst();
    var title = first.startsWith(CASE) ? first.substring(CASE.length()).strip() : name;
    var runs = Stream.concat(shared.stream(), runs(own).stream()).toList();
    var program = "\n".repeat(start) + String.join("\n", own) + "\n";
    int used = end;
    while (used > start && lines.get(used - 1).isBlank()) {
      used--;
    }
    return new Case(
        title,
        runs,
        blocks(lines, start, end),
        annotations(lines, start, end),
        new Source(name, program),
        used);
  }

  private static List<Invocation> runs(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(Invocation.MARK))
        .map(Invocation::parse)
        .toList();
  }

  private static List<Expected> blocks(List<String> lines, int start, int end) {
    var blocks = new ArrayList<Expected>();
    for (int i = start; i < end; i++) {
      if (lines.get(i).startsWith(BLOCK)) {
        var text = new ArrayList<String>();
        for (int j = i + 1; j < end && lines.get(j).startsWith(TEXT); j++) {
          text.add(textOf(lines.get(j)));
        }
        blocks.add(new Expected(lines.get(i).substring(BLOCK.length()).strip(), i, text));
      }
    }
    return blocks;
  }

  private static String textOf(String line) {
    var text = line.substring(TEXT.length());
    return text.startsWith(" ") ? text.substring(1) : text;
  }

  /** The lines of a block in the file. */
  static List<String> written(String name, List<String> text) {
    return Stream.concat(
            Stream.of(BLOCK + name), text.stream().map(t -> t.isEmpty() ? TEXT : TEXT + " " + t))
        .toList();
  }

  private static List<Annotation> annotations(List<String> lines, int start, int end) {
    var found = new ArrayList<Annotation>();
    for (int i = start; i < end; i++) {
      Optional<Annotation> here =
          lines.get(i).startsWith(TEXT) ? Optional.empty() : Annotation.find(lines.get(i), i + 1);
      int line = i;
      while (line < end && Annotation.isAlone(lines.get(line))) {
        line++;
      }
      int spokenOf = line + 1;
      here.map(a -> a.on(spokenOf)).ifPresent(found::add);
    }
    return found;
  }
}
