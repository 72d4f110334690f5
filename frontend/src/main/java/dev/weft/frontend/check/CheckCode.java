package dev.weft.frontend.check;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;
import dev.weft.ir.source.Severity;

/** What can be wrong with the meaning of a file that is well formed. */
public enum CheckCode implements Code {
  NO_MODEL("W0301", "a file without a model", "Declare one: `model name(sizes) { … }`."),
  SEVERAL_MODELS(
      "W0302", "a file with more than one model", "Move each model to a file of its own."),
  DUPLICATE_DECLARATION(
      "W0303", "a second declaration of one name", "Rename or remove one of the two."),
  WRONG_MODEL(
      "W0304", "a recipe for a model that the file does not hold", "Name the file's own model."),
  DUPLICATE_NAME(
      "W0305", "a name declared twice", "Give the second one another name, or remove it."),
  UNKNOWN_PRESET(
      "W0306", "a preset that the file does not declare", "Choose one of the file's presets."),
  UNKNOWN_SETTING(
      "W0307",
      "a setting that the model does not have",
      "The settings are the model's parameters and open axes, `precision` and `optimizer`."),
  DERIVED_SETTING(
      "W0308",
      "a value for an axis that is derived",
      "Set the sizes from which the axis follows, or make it a parameter of the model."),
  BAD_OVERRIDE(
      "W0309",
      "a command-line setting that cannot be read",
      "Write `-D name=value`: `-D layers=8`."),
  REPEATED_SETTING("W0310", "one setting given twice", "Remove one of the two."),
  RECIPE_VALUE(
      "W0311",
      "a value that the recipe cannot have",
      "`precision` is f64, f32, bf16 or f16; `optimizer` is sgd, adam, adamw or lamb with its"
          + " constants."),
  UNBOUND_AXIS(
      "W0312",
      "an axis without a size",
      "Give the size in `train`, in a preset, or with `-D name=value`."),
  INEXACT_DIVISION(
      "W0313",
      "a division of sizes that leaves a remainder",
      "Choose sizes that divide; where there are some nearby, a note names them."),
  SIZE_RANGE(
      "W0314", "a size that is not positive, or too large", "A size lies between 1 and 2^40."),
  NOT_AN_INTEGER("W0315", "a size that is not a whole number", "Write a whole number."),
  UNKNOWN_SIZE(
      "W0316",
      "a size that is not known here",
      "A size may use parameters and axes that are declared before it."),
  NOT_A_SIZE(
      "W0317",
      "something that is not a size",
      "A size is made of whole numbers, names of sizes, and `+ - * /`."),
  TOO_LARGE(
      "W0318",
      "a tensor, or its work, beyond 2^63",
      "Some size is far larger than meant; look at the sizes in the message."),
  NUMBER_RANGE(
      "W0319", "a number that floating point cannot hold", "Write a number below 1e308 in size."),
  UNKNOWN_NAME("W0320", "a name that nothing bears", "Bind the name first, or correct it."),
  UNKNOWN_AXIS(
      "W0321", "an axis that is not declared", "Declare it: `axis name` or `axis name = size`."),
  UNKNOWN_FUNCTION(
      "W0322",
      "a function that is neither built in nor a block",
      "Blocks come from this file and from the standard library."),
  UNUSED_NAME(
      "W0323",
      Severity.WARNING,
      "a name that is never read",
      "Remove it, or begin the name with `_` where it is meant."),
  UNUSED_BLOCK(
      "W0324",
      Severity.WARNING,
      "a block that is never called",
      "A block is checked where it is called: this one has not been."),
  AXES_DISAGREE(
      "W0330",
      "axes that do not say how to combine two tensors",
      "Annotate the result, `name[axes] = …`: products then sum over all other axes."),
  MISSING_AXIS(
      "W0331",
      "a result axis that the value does not bear",
      "Remove the axis from the annotation, or multiply by a tensor that bears it."),
  EXTRA_AXIS(
      "W0332",
      "an axis that the result does not bear and nothing sums over",
      "Only products sum; elsewhere write `sum(x, over: axis)` or `mean(x, over: axis)`."),
  AXIS_TWICE(
      "W0333",
      "one axis twice in one tensor",
      "Where an axis plays two roles rename it in one of them: `x[seq as source]`."),
  SIZE_CONFLICT("W0334", "two sizes that must be equal and are not", "Make the sizes agree."),
  INDEX_RANGE(
      "W0335",
      "integers that may lie outside of what they index",
      "Make the axis at least as large as the bound of the integers."),
  ELEMENT_TYPE(
      "W0336",
      "integers where floating-point values are needed, or the reverse",
      "Integers index tables and name classes; they take no part in arithmetic."),
  NOT_A_TENSOR("W0337", "something that is not a tensor", "Give a tensor."),
  BAD_INDEX(
      "W0338",
      "brackets that hold neither axes nor integers",
      "Write `table[ids]` with an `i32` tensor, or the axes of the result."),
  ELLIPSIS(
      "W0339",
      "`...` where nothing is left open",
      "`...` stands for the axes that a formal such as `x[..., model]` leaves open."),
  OPERANDS(
      "W0340",
      "operands that do not fit",
      "The message says what the operation needs of the operand that is underlined."),
  ROLES(
      "W0341",
      "an attention whose axes leave their roles open",
      "Name them: `over` is the keys' position, `query` the queries', `on` the contracted axis."),
  DIVISOR_AXES(
      "W0342",
      "a divisor whose axes no factor bears",
      "Divide the factor that bears them, or the whole product, in a statement of its own."),
  NESTED_PRODUCT(
      "W0343",
      "an inner product that could be read in two ways",
      "Bind the inner product to a name with axes of its own: `h[axes] = a * b`."),
  MISSING_ARGUMENT("W0350", "a call without an argument that it needs", "Give the argument."),
  UNKNOWN_ARGUMENT(
      "W0351", "an argument that the function does not take", "Correct or remove the argument."),
  REPEATED_ARGUMENT("W0352", "one argument given twice", "Remove one of the two."),
  TOO_MANY_ARGUMENTS("W0353", "more arguments than the function takes", "Remove the rest."),
  ARGUMENT_KIND(
      "W0354", "an argument of the wrong kind", "The message says what the function takes."),
  FORMAL_AXES(
      "W0355",
      "an argument whose axes do not fit the block",
      "Axes are bound by position; annotate the argument, `x[batch, seq, model]`, to order them."),
  RECURSIVE_BLOCK(
      "W0356", "a block that calls itself", "Write the repetition as `repeat count { … }`."),
  CALL_DEPTH(
      "W0357",
      "blocks that call one another too deep or too often",
      "Write repetition as `repeat count { … }`."),
  MISPLACED_STATEMENT(
      "W0360",
      "a statement that has no meaning here",
      "`input`, `output` and `loss` belong to the model itself, `return` to the end of a block."),
  NO_RETURN("W0361", "a block that returns nothing", "End the block with `return expression`."),
  NO_LOSS("W0362", "a model without a loss", "End the model with `loss = expression`."),
  SECOND_LOSS("W0363", "a second loss", "Add the two: `loss = a + b`."),
  LOSS_NOT_SCALAR(
      "W0364", "a loss that is not one number", "Reduce it: `loss = mean(…)` or `sum(…)`."),
  CARRIED_TYPE(
      "W0365",
      "a value that leaves an iteration otherwise than it entered",
      "What a repeat rebinds keeps its axes; bind another name for another shape."),
  UNLABELLED_REPEAT(
      "W0366",
      "a repeat that has no name",
      "Parameters of its iterations need one: `repeat 2 * layers as blocks { … }`."),
  IDLE_REPEAT(
      "W0367",
      Severity.WARNING,
      "a repeat without effect",
      "Rebind a name from outside of it: `x = x + …`."),
  INPUT_FORM(
      "W0368",
      "an input that is not well described",
      "Integers need a bound, `ids: i32[batch, seq] in vocab`; floating inputs have none."),
  TEXT_INPUT(
      "W0369", "an input that text cannot feed", "Text feeds `i32[batch, seq]` inputs, by tokens."),
  INITIALIZER(
      "W0370",
      "an initial value that is not known",
      "Write `normal(std)`, `uniform(limit)`, `zeros` or `ones`."),
  DROPOUT_RATE(
      "W0371",
      "a rate of dropout that is not in [0, 1)",
      "The rate is the probability with which an element is dropped: `rate: 0.1`; 0 drops none."),
  COUNT(
      "W0372",
      "a number of entries that an axis does not have",
      "`top` keeps between one and all entries of its axis: `count: 2`.");

  private final Description description;

  CheckCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  CheckCode(String id, Severity severity, String summary, String help) {
    this.description = new Description(id, severity, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
