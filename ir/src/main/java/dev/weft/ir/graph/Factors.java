package dev.weft.ir.graph;

import dev.weft.ir.mesh.Combine;
import dev.weft.ir.type.Dim;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The factor map of an op: which factors each dimension of each operand and result walks. A
 * dimension usually walks one factor, of its own name; a merged dimension walks several, major to
 * minor. Propagation, partitioning and cost read factors and never ask which op they belong to.
 *
 * @param all every factor, in order of first occurrence
 * @param operands per operand, per dimension, the factor names
 * @param results likewise
 */
public record Factors(
    List<Factor> all, List<List<List<String>>> operands, List<List<List<String>>> results) {
  public Factors {
    all = List.copyOf(all);
    operands = List.copyOf(operands);
    results = List.copyOf(results);
  }

  /** Every dimension walks the factor of its own name; the named ones must be whole. */
  public static Factors byAxis(
      List<TensorType> operands, List<TensorType> results, Collection<String> whole) {
    return new Scribe().operands(operands).results(results).whole(whole).build();
  }

  public static Factors byAxis(List<TensorType> operands, List<TensorType> results) {
    return byAxis(operands, results, List.of());
  }

  public Factor get(String name) {
    return all.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  /** Whether a result walks a factor. */
  public boolean resultWalks(int result, String factor) {
    return results.get(result).stream().anyMatch(dim -> dim.contains(factor));
  }

  /** Number of points of the iteration space. */
  public long volume() {
    return all.stream().mapToLong(Factor::size).reduce(1, Math::multiplyExact);
  }

  /** Collects a factor map dimension by dimension. */
  public static final class Scribe {
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Map<String, Factor.Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Combine> combines = new LinkedHashMap<>();
    private final List<List<List<String>>> operands = new ArrayList<>();
    private final List<List<List<String>>> results = new ArrayList<>();

    /** Declares a factor that is no dimension's own. */
    public Scribe factor(String name, long size) {
      sizes.put(name, size);
      return this;
    }

    public Scribe operands(List<TensorType> types) {
      types.forEach(t -> operands.add(walk(t, Map.of())));
      return this;
    }

    public Scribe results(List<TensorType> types) {
      types.forEach(t -> results.add(walk(t, Map.of())));
      return this;
    }

    /** An operand some of whose axes walk other factors than their own. */
    public Scribe operand(TensorType type, Map<String, List<String>> walks) {
      operands.add(walk(type, walks));
      return this;
    }

    public Scribe result(TensorType type, Map<String, List<String>> walks) {
      results.add(walk(type, walks));
      return this;
    }

    public Scribe whole(Collection<String> factors) {
      factors.forEach(f -> kinds.put(f, Factor.Kind.GATHER));
      return this;
    }

    public Scribe combine(Collection<String> factors, Combine how) {
      factors.forEach(f -> combines.put(f, how));
      return this;
    }

    public Factors build() {
      var all = new ArrayList<Factor>();
      sizes.forEach(
          (name, size) ->
              all.add(
                  new Factor(
                      name,
                      kinds.getOrDefault(name, derivedKind(name)),
                      size,
                      combines.getOrDefault(name, Combine.SUM))));
      return new Factors(all, operands, results);
    }

    private Factor.Kind derivedKind(String factor) {
      for (var result : results) {
        if (!walks(result, factor)) {
          return Factor.Kind.REDUCE;
        }
      }
      return Factor.Kind.PARALLEL;
    }

    private static boolean walks(List<List<String>> dims, String factor) {
      for (var dim : dims) {
        if (dim.contains(factor)) {
          return true;
        }
      }
      return false;
    }

    private List<List<String>> walk(TensorType type, Map<String, List<String>> walks) {
      var dims = new ArrayList<List<String>>();
      for (Dim dim : type.dims()) {
        var walked = walks.getOrDefault(dim.axis(), List.of(dim.axis()));
        if (walked.size() == 1) {
          sizes.putIfAbsent(walked.getFirst(), dim.size());
        }
        dims.add(List.copyOf(walked));
      }
      return List.copyOf(dims);
    }
  }
}
