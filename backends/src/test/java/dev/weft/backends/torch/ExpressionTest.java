package dev.weft.backends.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionTest {
  private static final Expression A = Expression.atom("a");
  private static final Expression B = Expression.atom("b");
  private static final Expression SUM = Expression.infix(A, "+", Expression.SUM, B);

  @Test
  void aLooserOperandIsParenthesised() {
    assertThat(Expression.infix(SUM, "*", Expression.PRODUCT, B).text()).isEqualTo("(a + b) * b");
    assertThat(SUM.method("sum(0)").text()).isEqualTo("(a + b).sum(0)");
  }

  @Test
  void aTighterOneIsNot() {
    var product = Expression.infix(A, "*", Expression.PRODUCT, B);
    assertThat(Expression.infix(product, "+", Expression.SUM, B).text()).isEqualTo("a * b + b");
  }

  @Test
  void theRightOperandKeepsItsGrouping() {
    assertThat(Expression.infix(A, "-", Expression.SUM, SUM).text()).isEqualTo("a - (a + b)");
    assertThat(Expression.infix(SUM, "-", Expression.SUM, A).text()).isEqualTo("a + b - a");
  }

  @Test
  void onlyAVariableIsAName() {
    assertThat(A.isName()).isTrue();
    assertThat(Expression.atom("p.wte").isName()).isFalse();
    assertThat(Expression.atom("2").isName()).isFalse();
    assertThat(SUM.isName()).isFalse();
  }
}
