package dev.weft.testsuite.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bundle that is changed, and whether it is still right: its own test must say so. */
record Variant(String name, List<Edit> edits, boolean isRight) {
  static Variant right(String name, Edit... edits) {
    return new Variant(name, List.of(edits), true);
  }

  static Variant wrong(String name, Edit... edits) {
    return new Variant(name, List.of(edits), false);
  }

  /** What the tests of changed copies of a bundle must find, after so many steps. */
  static List<Claim> claims(Emitted bundle, int steps, List<Variant> variants) throws IOException {
    var claims = new ArrayList<Claim>();
    for (var variant : variants) {
      var copy = variant.of(bundle, bundle.beside("variant-" + claims.size()));
      var command = new Python.Command(copy, "test_parity.py", "--steps", Integer.toString(steps));
      claims.add(new Claim(variant.name(), command, variant::judge));
    }
    return claims;
  }

  /** A changed copy of a bundle. */
  Path of(Emitted bundle, Path to) throws IOException {
    var copy = bundle.copy(to);
    for (var edit : edits) {
      edit.apply(copy);
    }
    return copy;
  }

  private void judge(Python.Ended ended) {
    assertThat(ended.output()).contains(isRight ? "PASS: " : "FAIL: ");
    assertThat(ended.code()).isEqualTo(isRight ? 0 : 1);
  }
}
