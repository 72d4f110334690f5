package dev.weft.passes.optimizer;

import dev.weft.ir.graph.Function;
import dev.weft.ir.graph.Port;
import dev.weft.ir.graph.Value;
import dev.weft.ir.plan.PipelinePlan;
import dev.weft.ir.schedule.Action;
import dev.weft.ir.schedule.Phase;
import dev.weft.ir.schedule.Schedule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What crosses between the devices of a pipeline, and in which order each way carries it: the order
 * in which the sender makes it. A receiver takes everything from a way in that order, some of it
 * before it needs it, since what is sent bears no tag.
 */
final class Crossings {
  /** A crossing on its way to a device. */
  record Shipment(Crossing what, int to) {}

  private final PipelinePlan plan;
  private final List<Map<Phase, Function>> stages;
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, List<Integer>> takers = new LinkedHashMap<>();
  private final Map<String, List<Integer>> returners = new LinkedHashMap<>();

  Crossings(PipelinePlan plan, List<Map<Phase, Function>> stages) {
    this.plan = plan;
    this.stages = stages;
    for (int s = 0; s < stages.size(); s++) {
      for (var function : stages.get(s).values()) {
        register(function, s);
      }
    }
  }

  int device(int stage) {
    return plan.stages().get(stage).device();
  }

  /** The stages that give back a cotangent of an activation, ascending. */
  List<Integer> returners(String activation) {
    return returners.getOrDefault(activation, List.of());
  }

  /** What a device sends to others after an action, in order. */
  List<Shipment> after(Action action) {
    var function = function(action);
    int own = device(action.stage());
    var shipments = new ArrayList<Shipment>();
    for (var port : function.outputs()) {
      switch (port) {
        case Port.Activation(var name) -> {
          var devices = new LinkedHashSet<Integer>();
          takers.getOrDefault(name, List.of()).forEach(s -> devices.add(device(s)));
          devices.remove(own);
          var what = new Crossing.Forward(name, action.micro());
          devices.forEach(d -> shipments.add(new Shipment(what, d)));
        }
        case Port.Cotangent(var name) -> {
          int to = device(producers.getOrDefault(name, action.stage()));
          if (to != own) {
            var what = new Crossing.Back(name, action.stage(), action.micro());
            shipments.add(new Shipment(what, to));
          }
        }
        default -> {}
      }
    }
    return shipments;
  }

  /** What each other device sends to one, in order. */
  Map<Integer, ArrayDeque<Crossing>> arrivals(Schedule schedule, int device) {
    var arrivals = new HashMap<Integer, ArrayDeque<Crossing>>();
    for (int from = 0; from < schedule.devices(); from++) {
      var way = new ArrayDeque<Crossing>();
      for (var action : schedule.rows().get(from)) {
        after(action).stream().filter(s -> s.to() == device).map(Shipment::what).forEach(way::add);
      }
      arrivals.put(from, way);
    }
    return arrivals;
  }

  /** The device that sends a crossing. */
  int sender(Crossing crossing) {
    return switch (crossing) {
      case Crossing.Forward(var name, var _) -> device(producers.getOrDefault(name, 0));
      case Crossing.Back back -> device(back.from());
    };
  }

  /** The value that its maker yields. */
  Value like(Crossing crossing) {
    return switch (crossing) {
      case Crossing.Forward(var name, var _) ->
          yielded(stages.get(producers.getOrDefault(name, 0)), new Port.Activation(name));
      case Crossing.Back back -> yielded(stages.get(back.from()), new Port.Cotangent(back.name()));
    };
  }

  private static Value yielded(Map<Phase, Function> phases, Port port) {
    return phases.values().stream()
        .filter(f -> f.outputs().contains(port))
        .map(f -> f.body().yields().get(f.outputs().indexOf(port)))
        .findFirst()
        .orElseThrow();
  }

  Function function(Action action) {
    var function = stages.get(action.stage()).get(action.phase());
    if (function == null) {
      throw new IllegalStateException("no phase of stage " + action.stage() + " is " + action);
    }
    return function;
  }

  private void register(Function function, int stage) {
    function.inputs().stream()
        .filter(p -> p instanceof Port.Activation)
        .forEach(p -> add(takers, p.name(), stage));
    for (var port : function.outputs()) {
      switch (port) {
        case Port.Activation(var name) -> producers.put(name, stage);
        case Port.Cotangent(var name) -> add(returners, name, stage);
        default -> {}
      }
    }
  }

  private static void add(Map<String, List<Integer>> stages, String name, int stage) {
    var list = stages.computeIfAbsent(name, _ -> new ArrayList<>());
    if (!list.contains(stage)) {
      list.add(stage);
    }
  }
}
