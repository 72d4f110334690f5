package dev.weft.passes.shard;

import dev.weft.ir.graph.Factor;
import dev.weft.ir.graph.Typing;
import dev.weft.ir.mesh.Combine;
import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.mesh.Sharding;
import dev.weft.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the factors of one node are cut, decided from the shardings of its operands.
 *
 * <p>Every cut dimension of an operand, and every dimension of a result that no operand walks and a
 * rule names, claims its mesh axes for its factor. Claims are granted in the plan's order of
 * precedence, then those that are cut as their rule says, then larger tensors first; a factor has
 * one cut, a mesh axis cuts one factor, and of a claim whose mesh axes are partly taken the rest is
 * granted. A factor that must be whole, or that is a minor part of a merged dimension, is never
 * cut.
 */
final class FactorCut {
  private final Mesh mesh;
  private final Seeds seeds;
  private final Typing typing;
  private final Map<String, List<String>> granted = new LinkedHashMap<>();
  private final Set<String> usedAxes = new HashSet<>();

  private FactorCut(Mesh mesh, Seeds seeds, Typing typing) {
    this.mesh = mesh;
    this.seeds = seeds;
    this.typing = typing;
  }

  /**
   * The decision for a node.
   *
   * @param current the shardings of the operands; empty for one that can be made in any form
   * @param reserved mesh axes over which the operands stay partial
   */
  static FactorCut decide(
      Mesh mesh,
      Seeds seeds,
      Typing typing,
      List<TensorType> operands,
      List<Optional<Sharding>> current,
      List<String> reserved) {
    var cut = new FactorCut(mesh, seeds, typing);
    cut.usedAxes.addAll(reserved);
    var claims = new ArrayList<Claim>();
    for (int i = 0; i < operands.size(); i++) {
      if (current.get(i).isPresent()) {
        cut.claimOperand(claims, i, operands.get(i), current.get(i).get());
      }
    }
    cut.claimNewAxes(claims, current);
    claims.sort(
        Comparator.comparingInt(Claim::precedence)
            .thenComparing(Comparator.comparing(Claim::asRuled).reversed())
            .thenComparing(Comparator.comparingLong(Claim::bytes).reversed()));
    claims.forEach(cut::grant);
    return cut;
  }

  /**
   * Scatters sums that would pass through the node unfinished, where an operand has to be
   * exchanged: its part of the sum is then all that moves. The dimension onto which they are
   * scattered is one that the node sums over, so that its results are sums over the same devices
   * again.
   *
   * @param reserved the mesh axes of the unfinished sums
   * @return those of them that are scattered
   */
  List<String> scatterExchanged(List<Optional<Sharding>> current, List<String> reserved) {
    for (int i = 0; i < current.size(); i++) {
      var sums = current.get(i).map(Sharding::partial).orElse(List.of());
      boolean passes = !sums.isEmpty() && reserved.containsAll(sums);
      if (passes && isExchanged(current.get(i).orElseThrow(), operand(i))) {
        var factor = summedWhole(i, current.get(i).orElseThrow(), mesh.size(sums));
        if (factor.isPresent()) {
          granted.put(factor.get(), sums);
          return sums;
        }
      }
    }
    return List.of();
  }

  /** Whether a mesh axis moves from one dimension to another. */
  private static boolean isExchanged(Sharding from, Sharding to) {
    for (int d = 0; d < from.dims().size(); d++) {
      for (var axis : from.dims().get(d)) {
        if (!to.dims().get(d).contains(axis) && to.cutting().contains(axis)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A factor of an operand that no result walks, that nothing cuts, and that so many divide. */
  private Optional<String> summedWhole(int operand, Sharding current, int parts) {
    var walks = typing.factors().operands().get(operand);
    for (int d = 0; d < walks.size(); d++) {
      if (current.dims().get(d).isEmpty() && walks.get(d).size() == 1) {
        var factor = typing.factors().get(walks.get(d).getFirst());
        boolean isSummed = factor.kind() == Factor.Kind.REDUCE && factor.combine() == Combine.SUM;
        boolean isWhole = !granted.containsKey(factor.name()) && isMajorEverywhere(factor.name());
        if (isSummed && isWhole && factor.size() % parts == 0) {
          return Optional.of(factor.name());
        }
      }
    }
    return Optional.empty();
  }

  Sharding operand(int index) {
    return Sharding.of(cutDims(typing.factors().operands().get(index)));
  }

  /** The sharding of a result, partial over the cut factors that it does not walk. */
  Sharding result(int index, List<String> alreadyPartial) {
    var partial = new ArrayList<>(alreadyPartial);
    var combine = Combine.SUM;
    for (var entry : granted.entrySet()) {
      if (!typing.factors().resultWalks(index, entry.getKey())) {
        partial.addAll(entry.getValue());
        combine = typing.factors().get(entry.getKey()).combine();
      }
    }
    return new Sharding(cutDims(typing.factors().results().get(index)), partial, combine);
  }

  private void claimOperand(List<Claim> claims, int index, TensorType type, Sharding sharding) {
    var walks = typing.factors().operands().get(index);
    for (int d = 0; d < type.rank(); d++) {
      if (!sharding.dims().get(d).isEmpty() && !walks.get(d).isEmpty()) {
        var axis = type.dims().get(d).axis();
        claims.add(
            new Claim(
                walks.get(d).getFirst(),
                sharding.dims().get(d),
                seeds.precedence(axis),
                sharding.dims().get(d).equals(seeds.axesOf(axis)),
                type.bytes()));
      }
    }
  }

  private void claimNewAxes(List<Claim> claims, List<Optional<Sharding>> current) {
    var walked = new HashSet<String>();
    for (int i = 0; i < current.size(); i++) {
      if (current.get(i).isPresent()) {
        typing.factors().operands().get(i).forEach(walked::addAll);
      }
    }
    for (int r = 0; r < typing.results().size(); r++) {
      var type = typing.results().get(r);
      for (int d = 0; d < type.rank(); d++) {
        var walks = typing.factors().results().get(r).get(d);
        var axis = type.dims().get(d).axis();
        var axes = seeds.axesOf(axis);
        if (walks.size() == 1 && !walked.contains(walks.getFirst()) && !axes.isEmpty()) {
          claims.add(new Claim(walks.getFirst(), axes, seeds.precedence(axis), true, type.bytes()));
        }
      }
    }
  }

  private void grant(Claim claim) {
    var factor = typing.factors().get(claim.factor());
    var free = claim.axes().stream().filter(a -> !usedAxes.contains(a)).toList();
    boolean divisible = factor.size() % mesh.size(free) == 0;
    if (factor.kind() != Factor.Kind.GATHER
        && !granted.containsKey(claim.factor())
        && !free.isEmpty()
        && divisible
        && isMajorEverywhere(claim.factor())
        && combinesAlike(factor)) {
      granted.put(claim.factor(), free);
      usedAxes.addAll(free);
    }
  }

  /** Whether no merged dimension walks the factor behind another one. */
  private boolean isMajorEverywhere(String factor) {
    return typing.factors().operands().stream().allMatch(t -> isMajor(t, factor))
        && typing.factors().results().stream().allMatch(t -> isMajor(t, factor));
  }

  private static boolean isMajor(List<List<String>> dims, String factor) {
    return dims.stream().allMatch(walks -> walks.indexOf(factor) <= 0);
  }

  /** A result cannot be partial in two ways at once. */
  private boolean combinesAlike(Factor factor) {
    return granted.keySet().stream()
        .map(typing.factors()::get)
        .filter(f -> f.kind() == Factor.Kind.REDUCE && factor.kind() == Factor.Kind.REDUCE)
        .allMatch(f -> f.combine() == factor.combine());
  }

  private List<List<String>> cutDims(List<List<String>> walks) {
    var dims = new ArrayList<List<String>>();
    for (var factors : walks) {
      dims.add(factors.isEmpty() ? List.of() : granted.getOrDefault(factors.getFirst(), List.of()));
    }
    return dims;
  }

  private record Claim(
      String factor, List<String> axes, int precedence, boolean asRuled, long bytes) {}
}
