package dev.weft.passes.offload;

import dev.weft.ir.graph.Param;
import dev.weft.ir.schedule.Phase;
import dev.weft.passes.cache.Filling;
import dev.weft.passes.cache.FurthestNextUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Chooses what the devices of one place keep of their weights between uses.
 *
 * <p>A sweep through L equal layers with room for C of them fetches at least L - C; keeping the
 * same C for the whole step reaches that, so one stage needs no more than a knapsack. Where several
 * stages take turns, each may have more of the room in its turn: then shares of all sizes are
 * tried, with what is fetched when turns change as {@link FurthestNextUse} has it.
 */
final class PlaceCache {
  private final List<StageUses> stages;
  private final List<Call> calls;
  private final List<Unit> units = new ArrayList<>();

  /**
   * One phase of a stage.
   *
   * @param stage among those of the place
   */
  record Call(int stage, Phase phase) {}

  /**
   * What comes and goes together: a layer's weights, or a weight outside of repeats.
   *
   * @param weights by stage; of a group of layers all that are worth a place
   * @param group of the layers, all of which are alike
   * @param bytes of one piece
   * @param saved bytes that need no transfer when a piece stays all the time
   * @param most how many pieces there are
   */
  private record Unit(
      Map<Integer, Set<Param>> weights, List<LayerGroup> group, long bytes, long saved, int most) {}

  PlaceCache(List<StageUses> stages, List<Call> calls) {
    this.stages = stages;
    this.calls = calls;
    for (int s = 0; s < stages.size(); s++) {
      for (var group : stages.get(s).groups()) {
        addLayers(s, group);
      }
    }
    addOthers();
  }

  private void addLayers(int stage, LayerGroup group) {
    var worth = new LinkedHashSet<Param>();
    long bytes = 0;
    long saved = 0;
    for (var weight : group.weights()) {
      long uses = uses(stage, weight);
      long row = weight.type().bytes() / group.layers();
      if (uses > 1) {
        worth.add(weight);
        bytes += row;
        saved += row * (uses - 1);
      }
    }
    if (!worth.isEmpty()) {
      int pieces = group.splits() ? group.layers() : 1;
      long size = group.layers() / pieces;
      units.add(new Unit(Map.of(stage, worth), List.of(group), bytes * size, saved * size, pieces));
    }
  }

  /** Stages of one place that share a weight have one copy of it. */
  private void addOthers() {
    var byName = new LinkedHashMap<String, Map<Integer, Set<Param>>>();
    for (int s = 0; s < stages.size(); s++) {
      for (var weight : stages.get(s).others()) {
        byName
            .computeIfAbsent(stages.get(s).name(weight), _ -> new LinkedHashMap<>())
            .put(s, Set.of(weight));
      }
    }
    for (var weights : byName.values()) {
      long uses = 0;
      long bytes = 0;
      for (var entry : weights.entrySet()) {
        var weight = entry.getValue().iterator().next();
        uses += uses(entry.getKey(), weight);
        bytes = weight.type().bytes();
      }
      if (uses > 1) {
        units.add(new Unit(weights, List.of(), bytes, bytes * (uses - 1), 1));
      }
    }
  }

  private long uses(int stage, Param weight) {
    return calls.stream()
        .filter(c -> c.stage() == stage)
        .mapToLong(c -> stages.get(stage).fetches(weight, c.phase()))
        .sum();
  }

  /** The smallest room that is of any use; empty where none is. */
  OptionalLong leastBytes() {
    return units.stream().mapToLong(Unit::bytes).min();
  }

  /** For each stage what stays; nothing where the room is too small for anything. */
  List<Residents> choose(long capacity) {
    var kinds = units.stream().map(u -> new Filling.Kind(u.bytes(), u.saved(), u.most())).toList();
    var best = Filling.of(kinds, capacity);
    if (stages.size() > 1) {
      long bytes = transferred(best, capacity);
      for (var shares : shares()) {
        if (fits(shares, capacity) && transferred(shares, capacity) < bytes) {
          best = shares;
          bytes = transferred(shares, capacity);
        }
      }
    }
    return residents(best);
  }

  /** The same number of layers of every stage, with and without what is outside of repeats. */
  private List<List<Integer>> shares() {
    int most = units.stream().mapToInt(Unit::most).max().orElse(0);
    var shares = new ArrayList<List<Integer>>();
    for (int layers = 1; layers <= most; layers++) {
      for (int others = 0; others <= 1; others++) {
        var counts = new ArrayList<Integer>();
        for (var unit : units) {
          counts.add(unit.group().isEmpty() ? others : Math.min(layers, unit.most()));
        }
        shares.add(counts);
      }
    }
    return shares;
  }

  private boolean fits(List<Integer> counts, long capacity) {
    for (int s = 0; s < stages.size(); s++) {
      long bytes = 0;
      for (int u = 0; u < units.size(); u++) {
        if (units.get(u).weights().containsKey(s)) {
          bytes += units.get(u).bytes() * counts.get(u);
        }
      }
      if (bytes > capacity) {
        return false;
      }
    }
    return true;
  }

  /** The bytes that come to the device in a step. */
  private long transferred(List<Integer> counts, long capacity) {
    var rows = new HashMap<String, Long>();
    for (int u = 0; u < units.size(); u++) {
      var unit = units.get(u);
      for (var entry : unit.weights().entrySet()) {
        for (var weight : entry.getValue()) {
          var name = stages.get(entry.getKey()).name(weight);
          rows.put(name, weight.type().bytes() / unit.most() * counts.get(u));
        }
      }
    }
    var uses = new ArrayList<Set<String>>();
    long streamed = 0;
    for (var call : calls) {
      var stage = stages.get(call.stage());
      var use = new LinkedHashSet<String>();
      for (var weight : stage.forward().keySet()) {
        int fetches = stage.fetches(weight, call.phase());
        long resident = rows.getOrDefault(stage.name(weight), 0L);
        streamed += fetches * (weight.type().bytes() - resident);
        if (fetches > 0 && resident > 0) {
          use.add(stage.name(weight));
        }
      }
      uses.add(use);
    }
    var steps = FurthestNextUse.plan(uses, name -> rows.getOrDefault(name, 0L), capacity);
    return streamed + FurthestNextUse.fetchedBytes(steps, name -> rows.getOrDefault(name, 0L));
  }

  private List<Residents> residents(List<Integer> counts) {
    var residents = new ArrayList<Residents>();
    for (int s = 0; s < stages.size(); s++) {
      var rows = new LinkedHashMap<LayerGroup, Integer>();
      var stacked = new HashSet<Param>();
      var whole = new HashSet<Param>();
      for (int u = 0; u < units.size(); u++) {
        var unit = units.get(u);
        var weights = unit.weights().getOrDefault(s, Set.of());
        if (counts.get(u) > 0 && !weights.isEmpty()) {
          for (var group : unit.group()) {
            rows.put(group, group.layers() / unit.most() * counts.get(u));
          }
          (unit.group().isEmpty() ? whole : stacked).addAll(weights);
        }
      }
      residents.add(
          new Residents(Collections.unmodifiableMap(rows), Set.copyOf(stacked), Set.copyOf(whole)));
    }
    return residents;
  }
}
