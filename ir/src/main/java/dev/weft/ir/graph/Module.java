package dev.weft.ir.graph;

import dev.weft.ir.mesh.Mesh;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A program: functions over one mesh, and what is known of them.
 *
 * @param pipeline the mesh axis along which devices run different programs; empty where all run the
 *     same one
 */
public record Module(
    Mesh mesh, List<Function> functions, Set<Property> properties, Optional<String> pipeline) {
  /** Begins the names of the programs along a pipeline. */
  private static final String PROGRAM = "device";

  public Module {
    functions = List.copyOf(functions);
    properties =
        properties.isEmpty()
            ? Set.of()
            : java.util.Collections.unmodifiableSet(EnumSet.copyOf(properties));
  }

  /** Devices run the same program. */
  public Module(Mesh mesh, List<Function> functions, Set<Property> properties) {
    this(mesh, functions, properties, Optional.empty());
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

  /** The function of a name. */
  public Function function(String name) {
    return functions.stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("module has no function @" + name));
  }

  /**
   * The function that a device runs: in a pipelined module the one of its place along the pipeline,
   * else the only one.
   */
  public Function program(int device) {
    return pipeline
        .map(axis -> function(programName(mesh.coordinate(device, axis))))
        .orElseGet(this::only);
  }

  /** The name of the program of a place along the pipeline. */
  public static String programName(int coordinate) {
    return PROGRAM + coordinate;
  }

  public Module withMesh(Mesh newMesh) {
    return new Module(newMesh, functions, properties, pipeline);
  }

  public Module withOnly(Function function) {
    return withFunctions(List.of(function));
  }

  public Module withFunctions(List<Function> others) {
    return new Module(mesh, others, properties, pipeline);
  }

  /** Every function rewritten. */
  public Module map(UnaryOperator<Function> rewrite) {
    return withFunctions(functions.stream().map(rewrite).toList());
  }

  public Module withPipeline(String axis) {
    return new Module(mesh, functions, properties, Optional.of(axis));
  }

  public Module with(Property property) {
    var more = EnumSet.of(property);
    more.addAll(properties);
    return new Module(mesh, functions, more, pipeline);
  }
}
