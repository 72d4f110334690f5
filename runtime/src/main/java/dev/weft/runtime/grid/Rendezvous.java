package dev.weft.runtime.grid;

import dev.weft.ir.mesh.Mesh;
import dev.weft.runtime.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the devices of one run meet. The members of a group meet in the order in which each comes
 * to the group's collectives.
 *
 * <p>The first failure of any device ends the run: everyone else is cancelled.
 */
final class Rendezvous {
  /** A group's collective, counted from 0 for each group. */
  private record Key(List<Integer> group, int sequence) {}

  private final Mesh mesh;
  private final Duration timeout;
  private final Whereabouts whereabouts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Key, Meeting> meetings = new HashMap<>();
  private final List<Map<List<Integer>, Integer>> sequences = new ArrayList<>();
  private final TreeMap<Integer, Meeting> waiting = new TreeMap<>();
  private final Map<Channel, ArrayDeque<Tensor>> sent = new HashMap<>();
  private final TreeMap<Integer, Wait> receiving = new TreeMap<>();
  private int running;
  private volatile Optional<GridFailure> failure = Optional.empty();

  Rendezvous(Mesh mesh, Duration timeout, Whereabouts whereabouts) {
    this.mesh = mesh;
    this.timeout = timeout;
    this.whereabouts = whereabouts;
    this.running = mesh.devices();
    for (int device = 0; device < mesh.devices(); device++) {
      sequences.add(new HashMap<>());
    }
  }

  /** What ended the run, if anything did. */
  Optional<GridFailure> failure() {
    return failure;
  }

  /** Stops a device whose run has failed elsewhere. */
  void requireGoing() {
    if (failure.isPresent()) {
      throw new CancellationException();
    }
  }

  /** A device takes part in a collective; answers its result. */
  Tensor meet(Arrival arrival) {
    lock.lock();
    try {
      requireGoing();
      var meeting = join(arrival);
      if (meeting.isComplete()) {
        return conclude(meeting, arrival.device());
      }
      return await(meeting, arrival.device());
    } finally {
      lock.unlock();
    }
  }

  /** A device hands over a value, and goes on. */
  void send(Channel channel, Tensor value) {
    lock.lock();
    try {
      requireGoing();
      queue(channel).add(value);
      receiving.computeIfPresent(channel.to(), (_, wait) -> awaits(wait, channel));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next value of a channel, once there is one. */
  Tensor receive(Wait wait) {
    lock.lock();
    try {
      requireGoing();
      var queue = queue(wait.channel());
      if (queue.isEmpty()) {
        receiving.put(wait.channel().to(), wait);
        failIfStuck();
      }
      long left = timeout.toNanos();
      while (queue.isEmpty()) {
        requireGoing();
        if (left <= 0) {
          throw failed(late());
        }
        left = sleep(left);
      }
      requireGoing();
      return typed(wait, queue.remove());
    } finally {
      lock.unlock();
    }
  }

  /** A value that is not of the type that is waited for came in another order than expected. */
  private Tensor typed(Wait wait, Tensor value) {
    if (!value.type().equals(wait.op().type())) {
      throw failed(wait.waits() + ": " + value.type() + " came, not " + wait.op().type());
    }
    return value;
  }

  /** The wait that is left when a channel has brought something; none where it was waited for. */
  private static @Nullable Wait awaits(Wait wait, Channel channel) {
    return wait.channel().equals(channel) ? null : wait;
  }

  private ArrayDeque<Tensor> queue(Channel channel) {
    return sent.computeIfAbsent(channel, _ -> new ArrayDeque<>());
  }

  /** A device has run to its end. */
  void finished(int device) {
    lock.lock();
    try {
      running--;
      whereabouts.finished(device);
      failIfStuck();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the run, unless it has failed before. */
  void fail(GridFailure reason) {
    lock.lock();
    try {
      if (failure.isEmpty()) {
        failure = Optional.of(reason);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private Meeting join(Arrival arrival) {
    var group = arrival.op().group(mesh, arrival.device());
    if (group.size() != arrival.op().parts()) {
      throw failed(arrival + ", but the group " + group + " has " + group.size() + " members");
    }
    int sequence = sequences.get(arrival.device()).merge(group, 1, Integer::sum) - 1;
    var meeting = meetings.computeIfAbsent(new Key(group, sequence), k -> new Meeting(k.group()));
    var other = meeting.add(arrival);
    if (other.isPresent()) {
      throw failed("the devices disagree: " + other.get() + ", but " + arrival);
    }
    if (meeting.isComplete()) {
      meetings.remove(new Key(group, sequence));
    }
    return meeting;
  }

  /** Computes outside of the lock: other groups go on. */
  private Tensor conclude(Meeting meeting, int device) {
    meeting.group().forEach(waiting::remove);
    lock.unlock();
    List<Tensor> results;
    try {
      results = meeting.compute();
    } finally {
      lock.lock();
    }
    meeting.conclude(results);
    changed.signalAll();
    return meeting.result(device).orElseThrow();
  }

  private Tensor await(Meeting meeting, int device) {
    waiting.put(device, meeting);
    failIfStuck();
    long left = timeout.toNanos();
    while (meeting.result(device).isEmpty()) {
      requireGoing();
      if (left <= 0 && !meeting.isComplete()) {
        throw failed(late());
      }
      left = sleep(left);
    }
    return meeting.result(device).orElseThrow();
  }

  private GridTimeout late() {
    return new GridTimeout("time-out after " + timeout.toMillis() / 1000.0 + " s" + report());
  }

  private long sleep(long nanoseconds) {
    try {
      return changed.awaitNanos(Math.max(nanoseconds, 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private void failIfStuck() {
    int stuck = waiting.size() + receiving.size();
    if (failure.isEmpty() && stuck > 0 && stuck == running) {
      fail(new GridFailure("no device can go on" + report()));
    }
  }

  private GridFailure failed(String message) {
    return failed(new GridFailure(message));
  }

  private GridFailure failed(GridFailure reason) {
    fail(reason);
    return reason;
  }

  /** One line for each waiting device, then one for each device that is not at a meeting. */
  private String report() {
    var text = new StringBuilder();
    var awaited = new TreeSet<Integer>();
    waiting.forEach(
        (device, meeting) -> {
          text.append("\n  ").append(meeting.arrival(device).waits(meeting.group()));
          text.append(" for ").append(meeting.missing());
          awaited.addAll(meeting.missing());
        });
    receiving.forEach(
        (device, wait) -> {
          text.append("\n  ").append(wait.waits());
          awaited.add(wait.channel().from());
        });
    awaited.removeAll(waiting.keySet());
    awaited.removeAll(receiving.keySet());
    awaited.forEach(
        device ->
            text.append("\n  device ")
                .append(device)
                .append(" is at ")
                .append(whereabouts.of(device)));
    return text.toString();
  }
}
