package dev.weft.passes.cost;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Module;
import dev.weft.ir.graph.Value;
import dev.weft.ir.type.MemorySpace;
import java.util.HashMap;
import java.util.Map;

/** The functions of a module, as they are called. */
final class Callees {
  private final Module module;
  private final MemorySpace counted;
  private final Map<String, Function> functions = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();

  /**
   * The functions of a module.
   *
   * @param counted the memory whose bytes matter
   */
  Callees(Module module, MemorySpace counted) {
    this.module = module;
    this.counted = counted;
  }

  /** The size of a value. */
  Extent extent(Value value) {
    return Extent.of(value.type(), counted);
  }

  Function function(String name) {
    return functions.computeIfAbsent(name, module::function);
  }

  Code code(String name) {
    var code = codes.get(name);
    if (code == null) {
      code = code(function(name));
      codes.put(name, code);
    }
    return code;
  }

  /** The code of a function that calls those of the module. */
  Code code(Function function) {
    return Code.of(function.body(), Roles.of(function, this), this);
  }
}
