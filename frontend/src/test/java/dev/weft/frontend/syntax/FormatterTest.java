package dev.weft.frontend.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ir.source.Source;
import org.junit.jupiter.api.Test;

final class FormatterTest {
  @Test
  void putsEverythingInItsPlace() {
    check(
        """
        model   m( a=1,b = 2*a ){axis x,y=a/b
        input t:i32[x]in a from text shift 1
        x=-f( t,on:y )*(1+2)[x,y]
        repeat a as l{y[...,x]=e[x as y]}}
        preset  p{a=1,b=2}
        """,
        """
        model m(a = 1, b = 2 * a) {
          axis x, y = a / b
          input t: i32[x] in a from text shift 1
          x = -f(t, on: y) * (1 + 2)[x, y]
          repeat a as l {
            y[..., x] = e[x as y]
          }
        }

        preset p { a = 1, b = 2 }
        """);
  }

  @Test
  void keepsCommentsWhereTheyBelong() {
    check(
        """
        // file
        model m { // model
            // first

            // second
          x = 1   // beside
          y = f(a, // why a
            // why b
            b)
          repeat n { // loop
            // empty
          } // end of loop
          // last
        } // end of model
        preset p { // preset
          a = 1 // one
        }
        // end
        """,
        """
        // file
        model m {  // model
          // first

          // second
          x = 1  // beside
          y = f(
            a,  // why a
            // why b
            b
          )
          repeat n {  // loop
            // empty
          }  // end of loop
          // last
        }  // end of model

        preset p {  // preset
          a = 1  // one
        }
        // end
        """);
  }

  @Test
  void keepsSingleBlankLines() {
    check(
        "\n\n"
            + "model m {\n\n"
            + "  x = 1\n\n\n\n"
            + "  y = 2\n\n"
            + "}\n"
            + "preset a { x = 1 }\n\n\n"
            + "preset b { x = 1 }\n",
        """
        model m {
          x = 1

          y = 2
        }

        preset a { x = 1 }

        preset b { x = 1 }
        """);
  }

  @Test
  void putsListsThatAreTooLongOneBelowTheOther() {
    check(
        """
        block f(x[batch, seq, model], heads: axis, key: axis, causal = false) -> [batch, seq, model, and_more] {
          param wq, wk, wv: [model, heads, key] = normal(0.02), bq, bk, bv: [heads, key] = zeros, c: [a, b, c]
          y = first_function(argument, another_argument) + second_function(argument) * third(argument) + 100_000
          z = attend(queries, keys, values, over: sequence, on: key, causal: causal, scale: 1, bias: all_biases)
        }
        """,
        """
        block f(
          x[batch, seq, model],
          heads: axis,
          key: axis,
          causal = false
        ) -> [batch, seq, model, and_more] {
          param wq, wk, wv: [model, heads, key] = normal(0.02),
              bq, bk, bv: [heads, key] = zeros,
              c: [a, b, c]
          y = first_function(argument, another_argument)
              + second_function(argument) * third(argument)
              + 100_000
          z = attend(
            queries,
            keys,
            values,
            over: sequence,
            on: key,
            causal: causal,
            scale: 1,
            bias: all_biases
          )
        }
        """);
  }

  @Test
  void aCommentDoesNotMakeItsLineTooLong() {
    var line = "  x = f(a)  // " + "long ".repeat(30).strip();
    check("model m {\n" + line + "\n}\n", "model m {\n" + line + "\n}\n");
  }

  @Test
  void settingsStayOnOneLineOrBelowEachOther() {
    check("preset a { x = 1 y = 2, }", "preset a { x = 1, y = 2 }\n");
    check("preset a {\n  x = 1,\n  y = 2 }", "preset a {\n  x = 1\n  y = 2\n}\n");
  }

  @Test
  void refusesWhatIsBroken() {
    var broken = Formatter.format(new Source("test", "model m { x = }"));
    assertThat(broken.value()).isEmpty();
    assertThat(broken.diagnostics()).hasSize(1);
  }

  private static void check(String written, String canonical) {
    assertThat(Formatter.format(new Source("test", written)).orThrow()).isEqualTo(canonical);
    assertThat(Formatter.format(new Source("test", canonical)).orThrow()).isEqualTo(canonical);
  }
}
