package dev.weft.ir.verify;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** An invariant of the IR that a module breaks: a bug of whoever made it. */
public enum VerifyCode implements Code {
  UNDEFINED_VALUE("W0251", "a value used in a block that has not defined it before"),
  REPEATED_DEFINITION("W0252", "a parameter or node that stands in two places"),
  REFUSED_OPERANDS("W0253", "operands that the op does not take"),
  WRONG_TYPE("W0254", "a result type that is not what the op makes of its operands"),
  REPEATED_FUNCTION("W0255", "two functions with one name"),
  PORT_DIRECTION("W0256", "a role that a parameter, or a result, cannot have"),
  PORT_TYPE("W0257", "a type that does not suit the role"),
  REPEATED_PORT("W0258", "one role given twice among the parameters or the results"),
  UNPAIRED_PORT("W0259", "a result that belongs to a weight or state which is no parameter"),
  LAYOUT_RANK("W0260", "a layout for another number of dimensions"),
  UNKNOWN_MESH_AXIS("W0261", "a mesh axis that the mesh does not have"),
  INDIVISIBLE("W0262", "a dimension that is not divisible into the pieces of its layout"),
  NO_LAYOUT("W0263", "a value without a layout in a sharded module"),
  FACTOR_LAYOUT("W0264", "layouts of a node's values that its factors do not allow"),
  LOOP_LAYOUT("W0265", "layouts inside a loop that are not those outside it"),
  COMPOSITE("W0266", "a composite op in a module of primitives"),
  RESHARD_AFTER_LOWERING("W0267", "a reshard in a lowered module"),
  LOCAL_OP_BEFORE_LOWERING("W0268", "an op for one device's pieces in a module of whole values"),
  GROUP_SIZE("W0269", "a group of another size than its mesh axes say"),
  UNKNOWN_CALLEE("W0270", "a call of a function that the module does not have");

  private final Description description;

  VerifyCode(String id, String summary) {
    this.description =
        Description.error(
            id,
            summary,
            "The IR is inconsistent; if a pass made it, please report it with the reproducer.");
  }

  @Override
  public Description description() {
    return description;
  }
}
