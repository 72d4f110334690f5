package dev.weft.testsuite.harness;

import java.util.List;
import java.util.Optional;

/**
 * One program and what is claimed of it.
 *
 * @param file the name of the program's file, {@code case.weft} or {@code case.ir}
 * @param program its text; lines that are not the program's are blank, so that numbers agree
 * @param end the number of the line after the case
 */
record Case(
    String title,
    String file,
    String program,
    List<Run> runs,
    List<Annotation> annotations,
    List<Block> blocks,
    int end) {
  Case {
    runs = List.copyOf(runs);
    annotations = List.copyOf(annotations);
    blocks = List.copyOf(blocks);
  }

  /** The expected output of a run. */
  Optional<Block> expected(Run run) {
    return blocks.stream()
        .filter(b -> b.kind() == Block.Kind.EXPECTED && b.name().equals(run.block()))
        .findFirst();
  }

  /** The files that tools may read. */
  List<Block> inputs() {
    return blocks.stream().filter(b -> b.kind() == Block.Kind.INPUT).toList();
  }

  boolean isIr() {
    return file.endsWith(".ir");
  }
}
