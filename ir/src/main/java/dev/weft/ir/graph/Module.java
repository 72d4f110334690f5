package dev.weft.ir.graph;

import dev.weft.ir.mesh.Mesh;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A program: functions over one mesh, and what is known of them. */
public record Module(Mesh mesh, List<Function> functions, Set<Property> properties) {
  public Module {
    functions = List.copyOf(functions);
    properties =
        properties.isEmpty()
            ? Set.of()
            : java.util.Collections.unmodifiableSet(EnumSet.copyOf(properties));
  }

  public static Module of(Function function) {
    return new Module(Mesh.SINGLE, List.of(function), Set.of());
  }

  /** The function of a module that has one. */
  public Function only() {
    if (functions.size() != 1) {
      throw new IllegalStateException("module has " + functions.size() + " functions");
    }
    return functions.getFirst();
  }

  public Module withMesh(Mesh newMesh) {
    return new Module(newMesh, functions, properties);
  }

  public Module withOnly(Function function) {
    return new Module(mesh, List.of(function), properties);
  }

  public Module with(Property property) {
    var more = EnumSet.of(property);
    more.addAll(properties);
    return new Module(mesh, functions, more);
  }
}
