package dev.weft.passes.core;

import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Property;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Diagnostic;
import dev.weft.ir.verify.Verifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Passes in order. An order in which a requirement is not met cannot be constructed.
 *
 * @param passes the first runs first
 * @param initial the properties of the modules that the pipeline is for
 */
public record Pipeline(List<Pass> passes, Set<Property> initial, Verification verification) {
  /** Whether what passes make is verified. */
  public enum Verification {
    AFTER_EACH_PASS,
    /**
     * For a program that is only looked at, when the same passes have been verified on another that
     * differs in sizes alone.
     */
    NONE
  }

  public Pipeline {
    passes = List.copyOf(passes);
    initial = Set.copyOf(initial);
    requireLegal(passes, initial);
  }

  /** Verifies after each pass. */
  public Pipeline(List<Pass> passes, Set<Property> initial) {
    this(passes, initial, Verification.AFTER_EACH_PASS);
  }

  /** For modules of which nothing is known. */
  public Pipeline(List<Pass> passes) {
    this(passes, Set.of());
  }

  /**
   * What is wrong with an order, for a module with the given properties; empty where it is legal.
   */
  public static List<String> problems(List<? extends Pass> passes, Set<Property> initial) {
    var holding = EnumSet.noneOf(Property.class);
    holding.addAll(initial);
    var problems = new ArrayList<String>();
    for (var pass : passes) {
      var info = pass.info();
      for (var property : info.requires()) {
        if (!holding.contains(property)) {
          problems.add(
              info.name() + " requires " + text(property) + ", which no earlier pass establishes");
        }
      }
      for (var property : info.forbids()) {
        if (holding.contains(property)) {
          problems.add(info.name() + " cannot follow a pass that establishes " + text(property));
        }
      }
      holding.addAll(info.establishes());
    }
    return problems;
  }

  /** The spelling of IR text. */
  private static String text(Property property) {
    return "`" + property.name().toLowerCase(Locale.ROOT) + "`";
  }

  public Pipeline with(Verification other) {
    return new Pipeline(passes, initial, other);
  }

  /** Runs the passes until one refuses. */
  public Checked<Module> run(Module module) {
    return run(module, (pass, result) -> {});
  }

  /** As {@link #run(Module)}; the observer sees the module after every pass. */
  public Checked<Module> run(Module module, BiConsumer<Pass, Module> observer) {
    var diagnostics = new ArrayList<Diagnostic>();
    var current = module;
    for (var pass : passes) {
      var result = runOne(pass, current);
      diagnostics.addAll(result.diagnostics());
      if (result.hasErrors() || result.value().isEmpty()) {
        return Checked.failed(diagnostics);
      }
      current = result.value().get();
      observer.accept(pass, current);
    }
    return Checked.of(current, diagnostics);
  }

  private Checked<Module> runOne(Pass pass, Module module) {
    try {
      var result = pass.run(module);
      if (verification == Verification.AFTER_EACH_PASS) {
        result.value().ifPresent(m -> Verifier.requireValid(m, pass.info().name()));
      }
      return result;
    } catch (RuntimeException e) {
      throw new PassCrash(pass.info().name(), module, e);
    }
  }

  private static void requireLegal(List<Pass> passes, Set<Property> initial) {
    var problems = problems(passes, initial);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
