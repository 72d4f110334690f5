package dev.weft.frontend.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is said once and in words, and what is said to mend it does. */
final class MistakesTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(SyntaxCode.UNKNOWN_CHARACTER, "x = a $ b", "the character `$` (U+0024)"),
        arguments(SyntaxCode.UNKNOWN_CHARACTER, "x = a\u00a0+ b", "the character U+00A0"),
        arguments(SyntaxCode.UNEXPECTED, "x = * 3", "expected an expression, found `*`"),
        arguments(
            SyntaxCode.UNEXPECTED,
            "x = a +\n  y = 3",
            "expected an expression after `+`, found the end of the line"),
        arguments(
            SyntaxCode.UNEXPECTED, "x = a b", "expected an operator or the next line, found `b`"),
        arguments(SyntaxCode.UNEXPECTED, "x = f(a b)", "expected `,` or `)`, found `b`"),
        arguments(
            SyntaxCode.UNEXPECTED, "x = f(a, , b)", "expected an argument after `,`, found `,`"),
        arguments(
            SyntaxCode.UNEXPECTED, "x = f(a, *)", "expected an argument after `,`, found `*`"),
        arguments(
            SyntaxCode.UNEXPECTED,
            "axis 3",
            "expected the name of an axis after `axis`, found `3`"),
        arguments(SyntaxCode.UNEXPECTED, "axis a, 3", "expected the name of an axis, found `3`"),
        arguments(
            SyntaxCode.UNEXPECTED,
            "repeat {\n  }",
            "expected a number of times after `repeat`, found `{`"),
        arguments(SyntaxCode.UNEXPECTED, "input t i32[a]", "expected `:`, found `i32`"),
        arguments(SyntaxCode.UNEXPECTED, "param w: a", "expected `[`, found `a`"),
        arguments(SyntaxCode.NEVER_CLOSED, "x = f(g(a)", "this `(` is never closed"),
        arguments(SyntaxCode.NEVER_CLOSED, "param w: [a, b = zeros", "this `[` is never closed"),
        arguments(SyntaxCode.WRONG_SIGN, "axis a: 3", "expected `=`, found `:`"),
        arguments(SyntaxCode.WRONG_SIGN, "x = f(a, on = b)", "expected `:`, found `=`"),
        arguments(SyntaxCode.WRONG_SIGN, "input t = i32[a]", "expected `:`, found `=`"),
        arguments(SyntaxCode.FOREIGN_FORM, "x == a", "expected `=`, found `==`"),
        arguments(SyntaxCode.FOREIGN_FORM, "x = a;", "a statement ends without `;`"),
        arguments(SyntaxCode.FOREIGN_FORM, "# why", "a comment begins with `//`, not with `#`"),
        arguments(
            SyntaxCode.FOREIGN_FORM,
            "/* why */",
            "a comment begins with `//` and ends with its line"),
        arguments(
            SyntaxCode.FOREIGN_FORM,
            "x = a @ b",
            "a product is written with `*`, a contraction too"),
        arguments(
            SyntaxCode.FOREIGN_FORM,
            "x = a ** b",
            "there is no `**`: use `square(x)` or a product"),
        arguments(SyntaxCode.FOREIGN_FORM, "x = 'a'", "names stand without quotation marks"),
        arguments(SyntaxCode.NOT_A_STATEMENT, "f(x)", "`f` begins no statement"),
        arguments(SyntaxCode.NOT_A_STATEMENT, "parm w: [a]", "`parm` begins no statement"),
        arguments(SyntaxCode.NOT_A_STATEMENT, "3 = x", "expected a statement or `}`, found `3`"),
        arguments(SyntaxCode.NO_BRACE, "repeat n blocks {\n  }", "expected `{`, found `blocks`"),
        arguments(SyntaxCode.NOT_A_NAME, "x = 7b", "`7b` is neither a number nor a name"),
        arguments(SyntaxCode.BAD_NUMBER, "x = .5", "`.5` lacks digits on one side of the point"),
        arguments(
            SyntaxCode.BAD_NUMBER, "x = 1. + a", "`1.` lacks digits on one side of the point"),
        arguments(
            SyntaxCode.BAD_BRACKET,
            "x = e[a as b, c]",
            "these brackets rename some axes and name others"),
        arguments(SyntaxCode.BAD_BRACKET, "x = e[1 as b]", "only an axis can be renamed"),
        arguments(SyntaxCode.BAD_BRACKET, "x = e[a, ...]", "`...` stands before all axes"),
        arguments(SyntaxCode.ARGUMENT_ORDER, "x = f(on: a, b)", "this argument needs a name too"),
        arguments(
            SyntaxCode.TOO_DEEP,
            "x = " + "(".repeat(200) + "a" + ")".repeat(200),
            "more than 100 brackets or signs inside one another"),
        arguments(
            SyntaxCode.TOO_DEEP,
            "x = a" + " + a".repeat(2000),
            "more than 1000 operators in one expression"),
        arguments(SyntaxCode.NEVER_OPENED, "}", "this `}` closes nothing"),
        arguments(SyntaxCode.NEVER_OPENED, "x = f(a))", "this `)` closes nothing"),
        arguments(SyntaxCode.NEVER_OPENED, "x = a]", "this `]` closes nothing"),
        arguments(SyntaxCode.NOT_A_DECLARATION, "}\nx = 3\nmodel n {", "`x` begins no declaration"),
        arguments(SyntaxCode.UNKNOWN_CHARACTER, "€€ = 3", "the character `€` (U+20AC)"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatIsWrong(SyntaxCode code, String statement, String message) {
    var checked = check("model m {\n  a = 1\n  " + statement + "\n  z = 2\n}\n");
    assertThat(checked.diagnostics())
        .singleElement()
        .satisfies(
            diagnostic -> {
              assertThat(diagnostic.code()).isEqualTo(code);
              assertThat(diagnostic.message()).isEqualTo(message);
            });
  }

  @Test
  void everyCodeHasACase() {
    var produced = EnumSet.noneOf(SyntaxCode.class);
    mistakes().forEach(mistake -> produced.add((SyntaxCode) mistake.get()[0]));
    assertThat(produced).containsExactly(SyntaxCode.values());
    assertThat(Stream.of(SyntaxCode.values()).map(SyntaxCode::id)).doesNotHaveDuplicates();
  }

  @Test
  void aFixIsCertain() {
    var fixed = 0;
    for (var mistake : mistakes().toList()) {
      var text = "model m {\n  a = 1\n  " + mistake.get()[1] + "\n  z = 2\n}\n";
      var fix = check(text).diagnostics().getFirst().fix();
      if (!fix.isEmpty()) {
        var mended = Mending.apply(text, fix);
        assertThat(check(mended).diagnostics()).as(mended).isEmpty();
        fixed++;
      }
    }
    assertThat(fixed).isGreaterThan(10);
  }

  private static Checked<SyntaxTree> check(String text) {
    return SyntaxParser.parse(new Source("test", text));
  }
}
