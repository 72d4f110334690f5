package dev.weft.testsuite.harness;

import dev.weft.ir.source.Source;
import java.util.List;
import java.util.Optional;

/**
 * A program with what is expected of it.
 *
 * @param program named after the file; lines of other cases are blank, so that places are right
 * @param end the line behind the case's last line of program or expected text, counted from 0
 */
record Case(
    String title,
    List<Invocation> runs,
    List<Expected> blocks,
    List<Annotation> annotations,
    Source program,
    int end) {
  Optional<Expected> block(String name) {
    return blocks.stream().filter(b -> b.name().equals(name)).findFirst();
  }

  boolean isIr() {
    return program.name().endsWith(".ir");
  }
}
