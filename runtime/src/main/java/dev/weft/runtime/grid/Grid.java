package dev.weft.runtime.grid;

import dev.weft.ir.mesh.Mesh;
import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Runs one program on every device of a mesh, each on a thread of its own.
 *
 * @param timeout how long a device may wait in a collective before the run is stopped with a report
 */
public record Grid(Mesh mesh, Duration timeout) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  public Grid(Mesh mesh) {
    this(mesh, DEFAULT_TIMEOUT);
  }

  /**
   * Runs a program.
   *
   * @param inputs for each device its inputs
   * @throws GridFailure when a device fails, or devices wait for one another in vain
   */
  public GridResult run(Program program, List<List<Tensor>> inputs) {
    if (inputs.size() != mesh.devices()) {
      throw new IllegalArgumentException(inputs.size() + " inputs for " + mesh.devices());
    }
    var whereabouts = new Whereabouts(mesh.devices());
    var rendezvous = new Rendezvous(mesh, timeout, whereabouts);
    var lanes = new ArrayList<Lane>();
    for (int number = 0; number < mesh.devices(); number++) {
      var device = new VirtualDevice(mesh, number, rendezvous, whereabouts);
      lanes.add(new Lane(device, program, inputs.get(number), rendezvous));
    }
    var threads = lanes.stream().map(lane -> start(lane)).toList();
    threads.forEach(Grid::join);
    rendezvous.failure().ifPresent(Grid::rethrow);
    return new GridResult(lanes.stream().map(Lane::result).toList());
  }

  /** Virtual threads: as many run at once as there are cores, and a rendezvous costs little. */
  private static Thread start(Lane lane) {
    return Thread.ofVirtual().name("device-" + lane.device.place().device()).start(lane);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private static void rethrow(GridFailure failure) {
    throw failure;
  }

  /** What one thread does. */
  private static final class Lane implements Runnable {
    private final VirtualDevice device;
    private final Program program;
    private final List<Tensor> inputs;
    private final Rendezvous rendezvous;
    private List<Tensor> outputs = List.of();

    Lane(VirtualDevice device, Program program, List<Tensor> inputs, Rendezvous rendezvous) {
      this.device = device;
      this.program = program;
      this.inputs = inputs;
      this.rendezvous = rendezvous;
    }

    @Override
    public void run() {
      int number = device.place().device();
      try {
        outputs = program.run(device, inputs);
        rendezvous.finished(number);
      } catch (CancellationException | GridFailure stopped) {
        // Reported already, by the device that failed.
      } catch (RuntimeException e) {
        rendezvous.fail(new GridFailure("device " + number + " failed: " + e.getMessage(), e));
      }
    }

    DeviceResult result() {
      return device.result(outputs);
    }
  }
}
