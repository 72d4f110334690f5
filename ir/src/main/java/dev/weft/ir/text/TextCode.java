package dev.weft.ir.text;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What may be wrong with IR text. */
public enum TextCode implements Code {
  UNEXPECTED_CHARACTER("W0201", "a character that IR text has no use for", "Remove it."),
  UNTERMINATED_TEXT("W0202", "a quoted text that does not end on its line", "Close it with `\"`."),
  SYNTAX(
      "W0203",
      "IR text that does not follow the grammar",
      "`weft opt --print-after=all` shows well-formed IR."),
  UNKNOWN_OP(
      "W0204",
      "an op that does not exist",
      "Ops are named as in `contract`, `all_reduce` or `tanh`."),
  UNKNOWN_ATTRIBUTE("W0205", "an attribute that the op does not have", "Remove or rename it."),
  MISSING_ATTRIBUTE("W0206", "an attribute that the op needs is absent", "Add it."),
  BAD_ATTRIBUTE(
      "W0207",
      "an attribute whose value is not of its kind",
      "Give a value of the kind that the message names."),
  UNDEFINED_VALUE(
      "W0208",
      "a value used where it is not defined",
      "A block sees its own parameters and earlier results only, never an enclosing block's."),
  REDEFINED_VALUE("W0209", "a value name defined twice in one function", "Rename one of them."),
  TYPE_MISMATCH(
      "W0210",
      "operands that the op does not take",
      "Operands have the axes and element types that the op asks for; the message says which."),
  DECLARED_TYPE(
      "W0211",
      "a result type that is not what the op makes of its operands",
      "Types of results follow from the operands; the text repeats them for the reader."),
  BAD_TYPE("W0212", "a type that does not exist", "Types look like `f64[batch=8, seq=32]`."),
  BAD_SHARDING(
      "W0213",
      "a sharding that contradicts itself",
      "Shardings look like `[dp, _, tp] partial sum(ep)`; each mesh axis occurs once."),
  BAD_MESH("W0214", "a mesh that contradicts itself", "Meshes look like `[dp=2, tp=4]`."),
  BAD_PORT(
      "W0215",
      "a role that no parameter or result can have",
      "Roles are weight, data, state, step, loss, output and gradient."),
  UNKNOWN_PROPERTY(
      "W0216",
      "a module property that does not exist",
      "Properties are differentiated, primitive, sharded, lowered and training_step."),
  DUPLICATE_FUNCTION("W0217", "two functions with one name", "Rename one of them.");

  private final Description description;

  TextCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
