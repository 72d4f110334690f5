package dev.weft.runtime.grid;

import dev.weft.ir.mesh.Mesh;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs programs on the devices of a mesh, each on a thread of its own.
 *
 * <p>The threads are virtual: as many run at once as there are cores, a device computes until it
 * has to wait, and a hand-over costs no system call.
 *
 * @param timeout how long a device may wait in a collective before the run is stopped with a report
 */
public record Grid(Mesh mesh, Duration timeout) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  public Grid(Mesh mesh) {
    this(mesh, DEFAULT_TIMEOUT);
  }

  /**
   * Runs one program on every device.
   *
   * @param inputs for each device its inputs
   * @throws GridFailure when a device fails, or devices wait for one another in vain
   */
  public GridResult run(Program program, List<List<Tensor>> inputs) {
    return run(Collections.nCopies(mesh.devices(), program), inputs);
  }

  /** Runs a program of its own on every device; collectives must still agree. */
  public GridResult run(List<Program> programs, List<List<Tensor>> inputs) {
    if (programs.size() != mesh.devices() || inputs.size() != mesh.devices()) {
      throw new IllegalArgumentException(
          programs.size() + " programs and " + inputs.size() + " inputs for " + mesh);
    }
    var whereabouts = new Whereabouts(mesh.devices());
    var rendezvous = new Rendezvous(mesh, timeout, whereabouts);
    var lanes = new ArrayList<Lane>();
    for (int number = 0; number < mesh.devices(); number++) {
      var device = new VirtualDevice(mesh, number, rendezvous, whereabouts);
      lanes.add(new Lane(device, programs.get(number), inputs.get(number), rendezvous));
    }
    var threads = lanes.stream().map(Grid::start).toList();
    join(threads, rendezvous);
    if (rendezvous.failure().isPresent()) {
      throw rendezvous.failure().get();
    }
    return new GridResult(lanes.stream().map(Lane::result).toList());
  }

  private static Thread start(Lane lane) {
    return Thread.ofVirtual().name("device-" + lane.number()).start(lane);
  }

  /** Waits for all threads; an interrupt of the caller stops them. */
  private static void join(List<Thread> threads, Rendezvous rendezvous) {
    boolean interrupted = false;
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          rendezvous.fail(new GridFailure("the run was interrupted", e));
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
