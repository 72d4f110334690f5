package dev.weft.passes.workload;

import java.util.List;

/**
 * A weight that a section uses.
 *
 * @param name its path; sections that share a weight name the same
 * @param elements on one device, of one layer
 * @param cut the mesh axes along which each device has another part
 */
public record WeightLoad(String name, long elements, List<String> cut) {
  public WeightLoad {
    cut = List.copyOf(cut);
  }
}
