package dev.weft.passes.schedule;

import dev.weft.ir.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;

/**
 * Carries a schedule out, as far as it goes, on ways that hold a number of messages. Which of the
 * ready steps is taken first does not matter to how far it goes (Kahn 1974), so one order stands
 * for all.
 */
final class Execution {
  /** Ways that hold everything: a send never waits. */
  static final int UNBOUNDED = Integer.MAX_VALUE;

  private final List<List<Step>> steps;
  private final int slots;
  private final int[] next;

  /** Counts of messages by sender, then by receiver. */
  private final int[][] sent;

  private final int[][] received;

  private Execution(Schedule schedule, int slots) {
    this.steps = DeviceSteps.of(schedule);
    this.slots = slots;
    this.next = new int[steps.size()];
    this.sent = new int[steps.size()][steps.size()];
    this.received = new int[steps.size()][steps.size()];
  }

  /**
   * The devices that wait for one another for ever, each for the next and the last for the first,
   * with the step at which each stands; empty when all work gets done.
   *
   * @param slots messages that a way holds; 0 for a rendezvous, in which sender and receiver wait
   *     for each other
   */
  static Optional<List<Waiting>> deadlock(Schedule schedule, int slots) {
    var execution = new Execution(schedule, slots);
    execution.run();
    return execution.cycle();
  }

  /**
   * A device that does not go on.
   *
   * @param at what it would do next
   * @param on the device for which it waits
   */
  record Waiting(int device, Step at, int on) {}

  private void run() {
    boolean isMoving = true;
    while (isMoving) {
      isMoving = false;
      for (int device = 0; device < next.length; device++) {
        while (advance(device)) {
          isMoving = true;
        }
      }
    }
  }

  private boolean advance(int device) {
    var step = step(device);
    if (step.isEmpty() || !isReady(step.get())) {
      return false;
    }
    switch (step.get()) {
      case Step.Work _ -> {}
      case Step.Send(var transfer) -> sent[transfer.from()][transfer.to()]++;
      case Step.Receive(var transfer) -> received[transfer.from()][transfer.to()]++;
    }
    next[device]++;
    if (slots == 0 && step.get() instanceof Step.Send(var transfer)) {
      received[transfer.from()][transfer.to()]++;
      next[transfer.to()]++;
    }
    return true;
  }

  private boolean isReady(Step step) {
    return switch (step) {
      case Step.Work _ -> true;
      case Step.Send(var transfer) -> slots == 0 ? isAwaited(transfer) : hasRoom(transfer);
      case Step.Receive(var transfer) -> onTheWay(transfer) > 0;
    };
  }

  private boolean isAwaited(Transfer transfer) {
    return step(transfer.to()).equals(Optional.of(new Step.Receive(transfer)));
  }

  private boolean hasRoom(Transfer transfer) {
    return onTheWay(transfer) < slots;
  }

  private Optional<Step> step(int device) {
    var all = steps.get(device);
    return next[device] < all.size() ? Optional.of(all.get(next[device])) : Optional.empty();
  }

  private int onTheWay(Transfer transfer) {
    return sent[transfer.from()][transfer.to()] - received[transfer.from()][transfer.to()];
  }

  /** Who stands still waits for one other device; so where some do, some of them form a cycle. */
  private Optional<List<Waiting>> cycle() {
    var waiting = new HashMap<Integer, Waiting>();
    var graph = new SimpleDirectedGraph<Integer, DefaultEdge>(DefaultEdge.class);
    for (int device = 0; device < next.length; device++) {
      graph.addVertex(device);
    }
    for (int device = 0; device < next.length; device++) {
      int own = device;
      step(device)
          .map(step -> new Waiting(own, step, partner(step)))
          .ifPresent(
              wait -> {
                waiting.put(own, wait);
                graph.addEdge(own, wait.on());
              });
    }
    return new CycleDetector<>(graph)
        .findCycles().stream().min(Integer::compare).map(first -> from(first, waiting));
  }

  private static List<Waiting> from(int first, Map<Integer, Waiting> waiting) {
    var cycle = new ArrayList<Waiting>();
    int device = first;
    do {
      var wait = Optional.ofNullable(waiting.get(device)).orElseThrow();
      cycle.add(wait);
      device = wait.on();
    } while (device != first);
    return cycle;
  }

  private static int partner(Step step) {
    return switch (step) {
      case Step.Work(var action) -> throw new IllegalStateException("work waits: " + action);
      case Step.Send(var transfer) -> transfer.to();
      case Step.Receive(var transfer) -> transfer.from();
    };
  }
}
