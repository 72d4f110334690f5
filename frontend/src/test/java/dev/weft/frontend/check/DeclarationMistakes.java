package dev.weft.frontend.check;

import static dev.weft.frontend.check.CheckCode.BAD_OVERRIDE;
import static dev.weft.frontend.check.CheckCode.DERIVED_SETTING;
import static dev.weft.frontend.check.CheckCode.DUPLICATE_DECLARATION;
import static dev.weft.frontend.check.CheckCode.DUPLICATE_NAME;
import static dev.weft.frontend.check.CheckCode.NO_MODEL;
import static dev.weft.frontend.check.CheckCode.RECIPE_VALUE;
import static dev.weft.frontend.check.CheckCode.REPEATED_ARGUMENT;
import static dev.weft.frontend.check.CheckCode.REPEATED_SETTING;
import static dev.weft.frontend.check.CheckCode.SEVERAL_MODELS;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_PRESET;
import static dev.weft.frontend.check.CheckCode.UNKNOWN_SETTING;
import static dev.weft.frontend.check.CheckCode.UNUSED_BLOCK;
import static dev.weft.frontend.check.CheckCode.WRONG_MODEL;
import static dev.weft.frontend.check.Mistake.body;
import static dev.weft.frontend.check.Mistake.file;

import java.util.stream.Stream;

/** Mistakes in what a file declares, and in presets, recipes and options. */
final class DeclarationMistakes {
  private static final String MODEL =
      "model m(n = 4, half = n / 2) { axis batch, twice = 2 * n  param a: [batch, n, half, twice]"
          + " = ones  loss = mean(a) } ";
  private static final String TRAIN = "train m { batch = 2, optimizer = sgd(lr: 0.1) } ";

  private DeclarationMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(files(), settings(), recipes()).flatMap(mistakes -> mistakes);
  }

  private static Stream<Mistake> files() {
    return Stream.of(
        file(NO_MODEL, "«preset a { n = 4 }»", "declares no model"),
        file(NO_MODEL, "", "declares no model"),
        file(
            SEVERAL_MODELS,
            MODEL + TRAIN + "model «other» { loss = 1 }",
            "a second model, `other`"),
        file(
            DUPLICATE_DECLARATION,
            MODEL + TRAIN + "preset a { n = 8 } preset «a» { n = 6 }",
            "a second preset `a`"),
        file(DUPLICATE_DECLARATION, MODEL + TRAIN + "train «m» { batch = 3 }", "a second recipe"),
        body(
            DUPLICATE_DECLARATION,
            "x = f(x)",
            "block f(a[...]) { return 2 * a } block «f»(a[...]) { return a }",
            "a second block `f`"),
        file(WRONG_MODEL, MODEL + "train «n» { batch = 2 }", "is for `n`, the model is `m`"),
        file(
            DUPLICATE_NAME,
            "model m(n = 4, «n» = 5) { param a: [n]  loss = mean(a) }",
            "`n` is declared twice"),
        body(UNUSED_BLOCK, "", "block «f»(a[...]) { return a }", "`f` is never called"));
  }

  private static Stream<Mistake> settings() {
    var presets = "preset small { n = 2 } preset large { n = 8 } ";
    return Stream.of(
        file(UNKNOWN_PRESET, MODEL + TRAIN + presets, "no preset `smal` in m.weft")
            .with(Options.preset("smal")),
        file(UNKNOWN_PRESET, MODEL + TRAIN, "no preset `x`").with(Options.preset("x")),
        file(UNKNOWN_SETTING, MODEL + TRAIN + "preset a { «m» = 3 }", "no `m` to set"),
        file(UNKNOWN_SETTING, MODEL + TRAIN, "no `layer` to set").with(given("layer", "3")),
        file(DERIVED_SETTING, MODEL + TRAIN + "preset a { «twice» = 3 }", "`twice` is derived"),
        file(DERIVED_SETTING, MODEL + TRAIN, "`twice` is derived").with(given("twice", "8")),
        file(BAD_OVERRIDE, MODEL + TRAIN, "`n=` is not one setting").with(given("n", "")),
        file(BAD_OVERRIDE, MODEL + TRAIN, "is not one setting").with(given("n", "3 } block b {")),
        file(BAD_OVERRIDE, MODEL + TRAIN, "`n=4, batch = 1` is not")
            .with(given("n", "4, batch = 1")),
        file(BAD_OVERRIDE, MODEL + TRAIN, "is not one setting").with(given("my-size", "4")),
        file(
            REPEATED_SETTING,
            MODEL + "train m { batch = 2, «batch» = 3 }",
            "`batch` is set twice"));
  }

  private static Options given(String name, String value) {
    return Options.NONE.with(name, value);
  }

  private static Stream<Mistake> recipes() {
    return Stream.of(
        recipe(RECIPE_VALUE, "precision = «f23»", "no precision is called `f23`"),
        recipe(RECIPE_VALUE, "precision = «32»", "`32` is not a precision"),
        recipe(RECIPE_VALUE, "optimizer = «adams»(lr: 1)", "no optimizer is called `adams`"),
        recipe(RECIPE_VALUE, "optimizer = «sgd»", "not an optimizer with its constants"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: «-0.1»)", "`lr` is -0.1, and must be greater"),
        recipe(RECIPE_VALUE, "optimizer = adam(lr: 1, beta1: «1.5»)", "must be in [0, 1)"),
        recipe(RECIPE_VALUE, "optimizer = adamw(lr: «fast»)", "`fast` is not a number"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: «cosinus»(1))", "no learning rate falls by"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: linear(1, steps: «0»))", "from 1"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: cosine(1, steps: 9, end: «2»))", "from 0 to 1"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: constant(1, warmup: «1.5»))", "a whole number"),
        recipe(RECIPE_VALUE, "optimizer = lamb(lr: 1, clip_norm: «0»)", "must be greater than 0"),
        recipe(RECIPE_VALUE, "optimizer = lamb(lr: 1, no_decay: [«nothing»])", "in its path"),
        recipe(RECIPE_VALUE, "optimizer = lamb(lr: 1, no_decay: [«1»])", "not the name of weights"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: 1, loss_scale: «0.5»)", "from 1 to 32768"),
        recipe(RECIPE_VALUE, "optimizer = sgd(lr: 1, loss_scale: «static»)", "or `dynamic`"),
        recipe(REPEATED_ARGUMENT, "optimizer = sgd(0.1, «lr: 0.2»)", "`lr` of `sgd`"),
        file(RECIPE_VALUE, MODEL + TRAIN, "no precision is called `f16x`")
            .with(given("precision", "f16x")));
  }

  private static Mistake recipe(CheckCode code, String setting, String message) {
    return file(code, MODEL + "train m { batch = 2, " + setting + " }", message);
  }
}
