package dev.weft.ir.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A best-effort result beside what was wrong with the input. The value is absent only where nothing
 * could be made of the input at all.
 */
public record Checked<T>(Optional<T> value, List<Diagnostic> diagnostics) {
  public Checked {
    diagnostics = List.copyOf(diagnostics);
  }

  public static <T> Checked<T> of(T value, List<Diagnostic> diagnostics) {
    return new Checked<>(Optional.of(value), diagnostics);
  }

  public static <T> Checked<T> ok(T value) {
    return of(value, List.of());
  }

  public static <T> Checked<T> failed(List<Diagnostic> diagnostics) {
    return new Checked<>(Optional.empty(), diagnostics);
  }

  public static <T> Checked<T> failed(Diagnostic diagnostic) {
    return failed(List.of(diagnostic));
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }

  /** The next stage of a value that is right; what this stage reported stays in front. */
  public <R> Checked<R> then(Function<? super T, Checked<R>> next) {
    if (hasErrors() || value.isEmpty()) {
      return failed(diagnostics);
    }
    var result = next.apply(value.get());
    var all = new ArrayList<>(diagnostics);
    all.addAll(result.diagnostics());
    return new Checked<>(result.value(), all);
  }

  /** What is made of the value, if there is one; the diagnostics stay. */
  public <R> Checked<R> map(Function<? super T, ? extends R> step) {
    return new Checked<>(value.map(step), diagnostics);
  }

  /** The value of an input known to be right. */
  public T orThrow() {
    if (hasErrors() || value.isEmpty()) {
      throw new IllegalStateException(DiagnosticRenderer.plain().render(diagnostics));
    }
    return value.get();
  }
}
