package dev.weft.frontend.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SyntaxParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model", "block", "preset", "train", "axis", "input", "param", "repeat", "output", "return",
        "shard", "as", "in", "from", "text", "shift", "over"
      })
  void everyKeywordIsAlsoAName(String word) {
    var text =
        """
        model %1$s(%1$s = 1) {
          axis %1$s
          param %1$s: [%1$s]
          %1$s = %1$s(%1$s, %1$s: %1$s)[%1$s as %1$s] * %1$s[%1$s]
          %1$s[%1$s] = %1$s
          repeat %1$s as %1$s {
            shard %1$s over %1$s
          }
          output %1$s
        }
        block %1$s(%1$s[%1$s], %1$s: axis) -> [%1$s] {
          return %1$s
        }
        preset %1$s { %1$s = %1$s }
        train %1$s { %1$s = %1$s }
        """
            .formatted(word);
    var parsed = SyntaxParser.parse(new Source("test", text));
    assertThat(parsed.diagnostics()).isEmpty();
    assertThat(parsed.orThrow().models().getFirst().body()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7b", "70b", "b16", "1.3b", "125m", "405b", "small", "12", "model"})
  void presetsMayBeCalledAfterASize(String name) {
    var tree = parse("preset " + name + " { layers = 2 }");
    assertThat(tree.preset(name)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "12, 12, true",
    "1_000, 1000, true",
    "0.02, 0.02, false",
    "6e-4, 0.0006, false",
    "1E+3, 1E3, false",
    "1.5e2, 150, false"
  })
  void readsNumbers(String text, BigDecimal value, boolean integer) {
    assertThat(expression(text))
        .isInstanceOfSatisfying(
            NumberLiteral.class,
            number -> {
              assertThat(number.value()).isEqualByComparingTo(value);
              assertThat(number.isInteger()).isEqualTo(integer);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a + b * c | +(a, *(b, c))",
        "a - b - c | -(-(a, b), c)",
        "a * b / c | /(*(a, b), c)",
        "-a * b    | *(neg(a), b)",
        "- -a      | neg(neg(a))",
        "a * (b * c) | *(a, (*(b, c)))",
      })
  void groupsOperators(String text, String structure) {
    assertThat(structure(expression(text))).isEqualTo(structure);
  }

  @Test
  void bracketsKeepWhatTheyHold() {
    assertThat(Shape.of(expression("t[ids]")))
        .isEqualTo("BracketExpression(NameExpression(t), false, [NameExpression(ids)])");
    assertThat(Shape.of(expression("e[..., a]")))
        .isEqualTo("BracketExpression(NameExpression(e), true, [NameExpression(a)])");
    assertThat(Shape.of(expression("e[]")))
        .isEqualTo("BracketExpression(NameExpression(e), false, [])");
    assertThat(Shape.of(expression("e[a as b, c as d]")))
        .isEqualTo("RenameExpression(NameExpression(e), [AxisRename(a, b), AxisRename(c, d)])");
  }

  @Test
  void inputsEndWhereTheNextStatementBegins() {
    var body =
        parse(
                """
                model m {
                  input t: i32[batch] in vocab from text shift 1
                  input u: i32[batch] in vocab
                  from = t
                  input x: float[batch]
                  in = x
                }
                """)
            .models()
            .getFirst()
            .body();
    assertThat(body.stream().map(Shape::of))
        .containsExactly(
            "InputStatement([InputDeclarator(t, i32, [batch], NameExpression(vocab),"
                + " TextFeed(NumberLiteral(1)))])",
            "InputStatement([InputDeclarator(u, i32, [batch], NameExpression(vocab), -)])",
            "BindStatement(from, -, NameExpression(t))",
            "InputStatement([InputDeclarator(x, float, [batch], -, -)])",
            "BindStatement(in, -, NameExpression(x))");
  }

  @Test
  void onlyLossWithoutAxesIsTheLoss() {
    var body = parse("model m { loss = x loss[a] = x }").models().getFirst().body();
    assertThat(body.stream().map(Object::getClass).toList())
        .isEqualTo(java.util.List.of(LossStatement.class, BindStatement.class));
  }

  @Test
  void documentationIsWhatStandsRightAbove() {
    var tree =
        parse(
            """
            //! lost

            //! first
            //!  second
            block f(x[...]) {
            }
            // no documentation
            block g(x[a]) {
            }
            """);
    assertThat(tree.blocks().stream().map(BlockDecl::documentation))
        .containsExactly("first\n second", "");
  }

  @Test
  void settingsAreSeparatedByCommasOrLines() {
    var tree = parse("preset a { x = 1, y = 2, }\npreset b {\n  x = 1\n  y = 2\n}\n");
    assertThat(Shape.of(tree.presets().get(0).settings()))
        .isEqualTo(Shape.of(tree.presets().get(1).settings()));
  }

  @Test
  void spansCoverTheirText() {
    var tree = parse("// é 🙂\nmodel m(n = 2) {\n  x[a] = f(y, on: a) + 1 // 🙂\n}\n");
    var model = tree.models().getFirst();
    assertThat(model.parameters().getFirst().span().text()).isEqualTo("n = 2");
    assertThat(model.body().getFirst().span().text()).isEqualTo("x[a] = f(y, on: a) + 1");
    assertThat(tree.comments()).extracting(Comment::text).containsExactly("// é 🙂", "// 🙂");
    assertThat(tree.comments()).extracting(Comment::ownLine).containsExactly(true, false);
  }

  @Test
  void anEmptyFileIsATree() {
    assertThat(parse("").declarations()).isEmpty();
    assertThat(parse("\uFEFF// only a comment").comments()).hasSize(1);
  }

  static SyntaxTree parse(String text) {
    return SyntaxParser.parse(new Source("test", text)).orThrow();
  }

  private static Expression expression(String text) {
    return parse("preset p { x = " + text + " }")
        .presets()
        .getFirst()
        .settings()
        .getFirst()
        .value();
  }

  private static String structure(Expression expression) {
    return switch (expression) {
      case BinaryExpression(var operator, var left, var right, _) ->
          operator.symbol() + "(" + structure(left) + ", " + structure(right) + ")";
      case NegateExpression(var operand, _) -> "neg(" + structure(operand) + ")";
      case ParenthesizedExpression(var inner, _) -> "(" + structure(inner) + ")";
      default -> expression.span().text();
    };
  }
}
