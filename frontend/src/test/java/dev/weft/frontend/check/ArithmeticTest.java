package dev.weft.frontend.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What arithmetic means under annotations and without. */
class ArithmeticTest {
  @Test
  void aProductSumsOverWhatTheAnnotationDoesNotBear() {
    assertThat(
            Small.code(
                """
                param w: [model, heads, key], b: [heads]
                q[seq, batch, heads] = x * w + b
                loss = mean(q)
                """))
        .containsExactly(
            "%product = contract %x, %w {axes=[seq, batch, heads]} : f32[seq=6, batch=4, heads=2]",
            "%q = add %product, %b : f32[seq=6, batch=4, heads=2]",
            "%loss = reduce %q {function=mean, axes=[seq, batch, heads], count=48} : f32[]");
  }

  @Test
  void whereNothingIsSummedTheProductIsElementwise() {
    assertThat(Small.code("param g: [model]  y[batch, seq, model] = g * x  loss = mean(y)"))
        .startsWith("%y = mul %g, %x : f32[batch=4, seq=6, model=8]");
  }

  @Test
  void anOuterProductIsInTheOrderOfTheAnnotation() {
    assertThat(
            Small.code(
                "param a: [heads], b: [key]  y[key, heads] = a * b  loss = mean(y) + mean(x)"))
        .startsWith(
            "%y = mul %a, %b : f32[heads=2, key=4]",
            "%y.1 = transpose %y {axes=[key, heads]} : f32[key=4, heads=2]");
  }

  @Test
  void numbersBecomeScalesAndShifts() {
    assertThat(Small.code("y = 1 - x * 3 / 2 + 0.5  loss = mean(y) / sqrt(key) * key"))
        .containsExactly(
            "%y = affine %x {scale=-1.5, shift=1.5} : f32[batch=4, seq=6, model=8]",
            "%mean = reduce %y {function=mean, axes=[batch, seq, model], count=192} : f32[]",
            "%loss = affine %mean {scale=2.0, shift=0.0} : f32[]");
  }

  @Test
  void aNumberBesideOtherFunctionsIsATensor() {
    assertThat(Small.code("loss = mean(maximum(x, 0)) + mean(2 / (square(x) + 1))"))
        .startsWith(
            "%constant = fill {value=0.0, type=f32[]} : f32[]",
            "%max = max %x, %constant : f32[batch=4, seq=6, model=8]");
  }

  @Test
  void twoInnerProductsAreTwoSums() {
    assertThat(
            Small.code(
                """
                param a, b: [model, key]
                y[batch, seq, key] = sigmoid(x * a) * (x * b)
                loss = mean(y)
                """))
        .startsWith(
            "%product = contract %x, %a {axes=[batch, seq, key]} : f32[batch=4, seq=6, key=4]",
            "%sigmoid = sigmoid %product : f32[batch=4, seq=6, key=4]",
            "%product.1 = contract %x, %b {axes=[batch, seq, key]} : f32[batch=4, seq=6, key=4]",
            "%y = mul %sigmoid, %product.1 : f32[batch=4, seq=6, key=4]");
  }

  @Test
  void aChainIsOneSumPairedFromItsSmallestProduct() {
    assertThat(
            Small.code(
                """
                param a: [model, key], g: [model], c: [key, heads]
                y[batch, heads] = x * a * g * c
                loss = mean(y)
                """))
        .startsWith(
            "%contract = contract %a, %c {axes=[heads, model]} : f32[heads=2, model=8]",
            "%mul = mul %contract, %g : f32[heads=2, model=8]",
            "%y = contract %x, %mul {axes=[batch, heads]} : f32[batch=4, heads=2]");
  }

  @Test
  void aDivisorWaitsForTheSumWhereTheResultBearsIt() {
    assertThat(
            Small.code(
                """
                param w: [model, heads], n: [heads], z: [model]
                y[batch, seq, heads] = x * w / n / z
                loss = mean(y)
                """))
        .startsWith(
            "%div = div %w, %z : f32[model=8, heads=2]",
            "%contract = contract %x, %div {axes=[batch, seq, heads]}"
                + " : f32[batch=4, seq=6, heads=2]",
            "%y = div %contract, %n : f32[batch=4, seq=6, heads=2]");
  }

  @Test
  void anAnnotationInBracketsIsThatOfItsOperandAlone() {
    assertThat(
            Small.code(
                """
                param w: [model, heads]
                y = relu((x * w)[heads, batch]) + 1
                z = (x * x)[]
                loss = mean(y) + z
                """))
        .startsWith("%product = contract %x, %w {axes=[heads, batch]} : f32[heads=2, batch=4]")
        .contains("%z = contract %x, %x {axes=[]} : f32[]");
  }

  @Test
  void aRenamedAxisIsAnAxisOfItsOwn() {
    assertThat(
            Small.code(
                """
                s[batch, seq, source] = x * x[seq as source]
                t = s[seq as source, source as seq]
                loss = mean(s * t)
                """))
        .containsExactly(
            "%x.1 = rename %x {from=seq, to=source} : f32[batch=4, source=6, model=8]",
            "%s = contract %x, %x.1 {axes=[batch, seq, source]} : f32[batch=4, seq=6, source=6]",
            "%s.1 = rename %s {from=source, to=source_renamed}"
                + " : f32[batch=4, seq=6, source_renamed=6]",
            "%s.2 = rename %s.1 {from=seq, to=seq_renamed}"
                + " : f32[batch=4, seq_renamed=6, source_renamed=6]",
            "%s.3 = rename %s.2 {from=seq_renamed, to=source}"
                + " : f32[batch=4, source=6, source_renamed=6]",
            "%t = rename %s.3 {from=source_renamed, to=seq} : f32[batch=4, source=6, seq=6]",
            "%product = mul %s, %t : f32[batch=4, seq=6, source=6]",
            "%loss = reduce %product {function=mean, axes=[batch, seq, source], count=144} :"
                + " f32[]");
  }
}
