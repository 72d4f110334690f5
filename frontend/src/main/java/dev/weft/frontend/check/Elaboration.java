package dev.weft.frontend.check;

import dev.weft.frontend.std.StandardLibrary;
import dev.weft.frontend.syntax.BlockDecl;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.type.DType;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What all parts of one model's elaboration share. */
final class Elaboration {
  private final Findings findings;
  private final Declarations declarations;
  private final DType precision;
  private final Program program;
  private final AxisNames axisNames = new AxisNames();
  private int dropoutSites;
  private final Set<BlockDecl> called = new LinkedHashSet<>();

  Elaboration(
      Findings findings,
      Declarations declarations,
      DType precision,
      Program program,
      SizeTable sizes) {
    this.findings = findings;
    this.declarations = declarations;
    this.precision = precision;
    this.program = program;
    sizes.known().forEach(axisNames::reserve);
  }

  Findings findings() {
    return findings;
  }

  void report(Diagnostic diagnostic) {
    findings.add(diagnostic);
  }

  /** The element type of everything that is not an integer. */
  DType precision() {
    return precision;
  }

  Program program() {
    return program;
  }

  AxisNames axisNames() {
    return axisNames;
  }

  /** A block of the file; it hides what is built in or in the library. */
  Optional<BlockDecl> fileBlock(String name) {
    return Optional.ofNullable(declarations.blocks().get(name));
  }

  Optional<BlockDecl> libraryBlock(String name) {
    return StandardLibrary.bundled().block(name);
  }

  /** Every name that can be called, for suggestions. */
  Collection<String> functions() {
    var names = new LinkedHashSet<>(declarations.blocks().keySet());
    names.addAll(Builtins.names());
    names.addAll(Elementwise.names());
    names.addAll(StandardLibrary.bundled().blocks().keySet());
    return names;
  }

  void markCalled(BlockDecl block) {
    called.add(block);
  }

  /** A number for a place that drops: each use of a block has places of its own. */
  int nextDropoutSite() {
    return dropoutSites++;
  }

  /** The file's blocks that nothing called. */
  Collection<BlockDecl> uncalled() {
    return declarations.blocks().values().stream().filter(b -> !called.contains(b)).toList();
  }
}
