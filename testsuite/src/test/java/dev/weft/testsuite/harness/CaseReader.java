package dev.weft.testsuite.harness;

import java.util.ArrayList;
import java.util.List;

/** Reads the lines of one case. */
final class CaseReader {
  private final String file;
  private final String title;
  private final List<Run> runs = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final StringBuilder program = new StringBuilder();

  /** Annotations that stand on lines of their own, above the line that they are about. */
  private final List<String> waiting = new ArrayList<>();

  private boolean atHead = true;

  /**
   * A case.
   *
   * @param file the name that its program gets
   * @param linesBefore how many lines of the golden file stand before it
   */
  CaseReader(String file, String title, int linesBefore) {
    this.file = file;
    this.title = title;
    program.append("\n".repeat(linesBefore));
  }

  /**
   * The case.
   *
   * @param lines its lines, without the one that begins it
   * @param before how many lines of the golden file stand before them
   */
  Case read(List<String> lines, int before) {
    for (int i = 0; i < lines.size(); i++) {
      program.append(line(lines.get(i), before + i + 1)).append('\n');
    }
    int end = before + lines.size() + 1;
    return new Case(title, file, program.toString(), runs, annotations, blocks, end);
  }

  /** The program's part of a line. */
  private String line(String text, int line) {
    var run = Run.parse(line, text);
    if (run.isPresent()) {
      runs.add(run.get());
      settleAnnotations(line);
      return "";
    }
    for (var kind : Block.Kind.values()) {
      if (text.startsWith(kind.mark())) {
        blocks.add(new Block(kind, text.substring(kind.mark().length()).strip(), line, List.of()));
        return "";
      }
    }
    if (text.startsWith(Block.MARGIN)) {
      extend(text, line);
      return "";
    }
    atHead &= text.startsWith("//!");
    return atHead ? "" : programLine(text, line);
  }

  private String programLine(String text, int line) {
    var own = Annotation.in(text, line);
    var rest = Annotation.without(text);
    if (!own.isEmpty() && rest.isBlank()) {
      waiting.add(text);
      return "";
    }
    annotations.addAll(own);
    settleAnnotations(line);
    return rest;
  }

  private void settleAnnotations(int line) {
    waiting.forEach(text -> annotations.addAll(Annotation.in(text, line)));
    waiting.clear();
  }

  private void extend(String text, int line) {
    if (blocks.isEmpty() || blocks.getLast().end() != line) {
      throw new IllegalArgumentException("line " + line + ": no block is open");
    }
    var block = blocks.removeLast();
    var more = new ArrayList<>(block.text());
    more.add(text.substring(Math.min(text.length(), Block.MARGIN.length() + 1)));
    blocks.add(new Block(block.kind(), block.name(), block.line(), more));
  }
}
