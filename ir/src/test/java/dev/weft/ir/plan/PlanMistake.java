package dev.weft.ir.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;

/**
 * A sound plan in which one text stands instead of another; {@code %n} is a new line in both.
 *
 * @param sound the plan
 */
record PlanMistake(String sound, String old, String replacement) {
  /** Asserts that it is refused at a place, with a message or a note that contains some text. */
  void assertRefused(PlanCode code, String place, String message) {
    var from = old.replace("%n", "\n");
    assertThat(sound).contains(from);
    var text = sound.replace(from, replacement.replace("%n", "\n"));
    var checked = PlanJson.read(new Source("p", text));
    assertThat(checked.value()).isEmpty();
    assertThat(checked.diagnostics())
        .anySatisfy(
            diagnostic -> {
              assertThat(diagnostic.code()).isEqualTo(code);
              assertThat(diagnostic.span().place()).isEqualTo("p:" + place);
              assertThat(diagnostic.message() + diagnostic.notes()).contains(message);
            });
  }
}
