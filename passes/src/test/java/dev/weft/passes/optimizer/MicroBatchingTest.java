package dev.weft.passes.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.passes.core.Programs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroBatchingTest {
  private static final String MEAN = "{function=mean, axes=[batch, d], count=32}";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a mean over the batch                 | MEAN",
        "a sum over the batch                  | SUM",
        "a mean plus a penalty on the weights  | MEAN",
        "a sum plus a penalty on the weights   | MIXED",
        "the square of a mean                  | MIXED",
        "entries minus their mean              | MIXED",
        "a maximum over the batch              | MIXED",
        "a product of two entries' sums        | MIXED"
      })
  void theLossIsWhatItIsToTheBatch(String what, BatchRole expected) {
    var model = Programs.onBatch(body(what.strip()), "l");
    assertThat(new BatchRoles("batch").ofOutputs(model)).containsExactly(expected);
    var micro = MicroBatching.of(model, "batch", 2);
    assertThat(micro.hasErrors()).isEqualTo(expected == BatchRole.MIXED);
    assertThat(MicroBatching.of(model, "batch", 1).hasErrors()).isFalse();
  }

  private static String body(String what) {
    var product = "  %y = mul %x, %w : f64[batch=8, d=4]\n";
    var mean = "  %m = reduce %y " + MEAN + " : f64[]\n";
    var sum = "  %m = reduce %y {function=sum, axes=[batch, d], count=32} : f64[]\n";
    var penalty =
        "  %q = square %w : f64[d=4]\n"
            + "  %r = reduce %q {function=sum, axes=[d], count=4} : f64[]\n"
            + "  %l = add %m, %r : f64[]\n";
    var whole = "  %l = affine %m {scale=2.0, shift=0.0} : f64[]\n";
    return switch (what) {
      case "a mean over the batch" -> product + mean + whole;
      case "a sum over the batch" -> product + sum + whole;
      case "a mean plus a penalty on the weights" -> product + mean + penalty;
      case "a sum plus a penalty on the weights" -> product + sum + penalty;
      case "the square of a mean" -> product + mean + "  %l = square %m : f64[]\n";
      case "entries minus their mean" ->
          product
              + "  %c = reduce %y {function=mean, axes=[batch], count=8} : f64[d=4]\n"
              + "  %s = sub %y, %c : f64[batch=8, d=4]\n"
              + "  %l = reduce %s "
              + MEAN
              + " : f64[]\n";
      case "a maximum over the batch" ->
          product + "  %l = reduce %y {function=max, axes=[batch, d], count=32} : f64[]\n";
      case "a product of two entries' sums" -> product + sum + "  %l = mul %m, %m : f64[]\n";
      default -> throw new IllegalArgumentException(what);
    };
  }
}
