package dev.weft.testsuite.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of cases.
 *
 * @param lines its text
 */
record GoldenFile(Path path, List<String> lines, List<Case> cases) {
  private static final String CASE = "// ---- case: ";
  private static final Path ROOT = Path.of(System.getProperty("weft.root", "..")).normalize();
  private static final Path FOLDER = ROOT.resolve("testsuite/src/test/resources/cases");

  GoldenFile {
    lines = List.copyOf(lines);
    cases = List.copyOf(cases);
  }

  /** All files of the repository, sorted. */
  static List<Path> all() {
    return under(FOLDER);
  }

  /** The files at or below a path, sorted. */
  static List<Path> under(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(GoldenFile::isGolden).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isGolden(Path path) {
    var name = path.toString();
    return name.endsWith(".weft") || name.endsWith(".ir");
  }

  static GoldenFile read(Path path) {
    try {
      return of(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenFile of(Path path, String text) {
    var lines = text.lines().toList();
    return new GoldenFile(path, lines, cases(path, lines));
  }

  /** How people name it: its path in the repository. */
  String name() {
    var absolute = path.toAbsolutePath().normalize();
    var root = ROOT.toAbsolutePath().normalize();
    return absolute.startsWith(root) ? root.relativize(absolute).toString() : path.toString();
  }

  private static List<Case> cases(Path path, List<String> lines) {
    var file = path.toString().endsWith(".ir") ? "case.ir" : "case.weft";
    var starts = new ArrayList<Integer>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(CASE)) {
        starts.add(i);
      }
    }
    int first = starts.isEmpty() ? lines.size() : starts.getFirst();
    var head = new CaseReader(file, "", 0).read(lines.subList(0, first), 0);
    var cases = new ArrayList<Case>();
    if (!head.program().isBlank()) {
      cases.add(head);
    }
    for (int i = 0; i < starts.size(); i++) {
      int start = starts.get(i);
      int end = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
      var title = lines.get(start).substring(CASE.length());
      var reader = new CaseReader(file, title, start + 1);
      cases.add(withRuns(reader.read(lines.subList(start + 1, end), start + 1), head.runs()));
    }
    return cases;
  }

  /** A case without RUN lines takes those of the head of the file. */
  private static Case withRuns(Case one, List<Run> shared) {
    return one.runs().isEmpty()
        ? new Case(
            one.title(),
            one.file(),
            one.program(),
            shared,
            one.annotations(),
            one.blocks(),
            one.end())
        : one;
  }
}
