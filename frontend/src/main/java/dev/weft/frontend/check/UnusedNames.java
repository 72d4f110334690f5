package dev.weft.frontend.check;

/** Warns of the names of a body that nothing read. */
final class UnusedNames {
  private UnusedNames() {}

  static void report(Scope scope, Findings findings) {
    scope
        .bindings()
        .forEach(
            (name, binding) -> {
              if (!binding.isRead()
                  && !name.startsWith("_")
                  && !(binding.meaning() instanceof Meaning.Unknown)) {
                findings.add(
                    CheckCode.UNUSED_NAME, binding.declared(), "`" + name + "` is never read");
              }
            });
  }
}
