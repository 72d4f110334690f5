package dev.weft.ir.mesh;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Devices in a grid with named axes, major to minor: neighbours along the last axis have
 * neighbouring device numbers.
 */
public record Mesh(List<MeshAxis> axes) {
  /** One device. */
  public static final Mesh SINGLE = new Mesh(List.of());

  public Mesh {
    axes = List.copyOf(axes);
    var seen = new HashSet<String>();
    for (var axis : axes) {
      if (!seen.add(axis.name())) {
        throw new IllegalArgumentException("mesh axis " + axis.name() + " occurs twice");
      }
    }
  }

  public int devices() {
    int devices = 1;
    for (var axis : axes) {
      devices = Math.multiplyExact(devices, axis.size());
    }
    return devices;
  }

  public Optional<MeshAxis> find(String name) {
    return axes.stream().filter(a -> a.name().equals(name)).findFirst();
  }

  /** Size of an axis; 1 for an axis that the mesh lacks. */
  public int size(String name) {
    for (var axis : axes) {
      if (axis.name().equals(name)) {
        return axis.size();
      }
    }
    return 1;
  }

  /** Product of the sizes of several axes. */
  public int size(List<String> names) {
    int product = 1;
    for (var name : names) {
      product = Math.multiplyExact(product, size(name));
    }
    return product;
  }

  /** Coordinate of a device along an axis. */
  public int coordinate(int device, String name) {
    int stride = 1;
    for (int i = axes.size() - 1; i >= 0; i--) {
      var axis = axes.get(i);
      if (axis.name().equals(name)) {
        return device / stride % axis.size();
      }
      stride *= axis.size();
    }
    return 0;
  }

  /** Row-major coordinate of a device along several axes, major to minor. */
  public int coordinate(int device, List<String> names) {
    int index = 0;
    for (var name : names) {
      index = index * size(name) + coordinate(device, name);
    }
    return index;
  }

  /**
   * The devices that differ from a device only along the given axes, ordered by their coordinate
   * along them (major to minor in the order given).
   */
  public List<Integer> group(int device, List<String> names) {
    var members = new ArrayList<Integer>();
    int size = size(names);
    for (int i = 0; i < size; i++) {
      members.add(at(device, names, i));
    }
    return List.copyOf(members);
  }

  /** All groups along the given axes, ordered by their first device. */
  public List<List<Integer>> groups(List<String> names) {
    var groups = new ArrayList<List<Integer>>();
    for (int device = 0; device < devices(); device++) {
      if (coordinate(device, names) == 0) {
        groups.add(group(device, names));
      }
    }
    return List.copyOf(groups);
  }

  private int at(int device, List<String> names, int index) {
    int result = device;
    int rest = index;
    for (int i = names.size() - 1; i >= 0; i--) {
      int size = size(names.get(i));
      result += (rest % size - coordinate(device, names.get(i))) * stride(names.get(i));
      rest /= size;
    }
    return result;
  }

  private int stride(String name) {
    int stride = 1;
    for (int i = axes.size() - 1; i >= 0; i--) {
      if (axes.get(i).name().equals(name)) {
        return stride;
      }
      stride *= axes.get(i).size();
    }
    throw new IllegalArgumentException("mesh " + this + " has no axis " + name);
  }

  @Override
  public String toString() {
    return axes.stream().map(MeshAxis::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
