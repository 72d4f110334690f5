package dev.weft.ir.graph;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.type.Dim;
import java.util.List;
import java.util.Map;

/** The mesh axes (major to minor) along which each factor of one node is cut. */
public record Cut(Mesh mesh, Map<String, List<String>> axesByFactor) {
  public Cut {
    axesByFactor = Map.copyOf(axesByFactor);
  }

  public List<String> axes(String factor) {
    return axesByFactor.getOrDefault(factor, List.of());
  }

  /** Number of pieces of a factor. */
  public int parts(String factor) {
    return mesh.size(axes(factor));
  }

  /** One device's piece of a dimension that walks the factor of its own name. */
  public Dim local(Dim dim) {
    return dim.resized(dim.size() / parts(dim.axis()));
  }
}
