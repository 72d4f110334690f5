package dev.weft.runtime.grid;

import dev.weft.runtime.interp.Program;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CancellationException;

/** What the thread of one device does. */
final class Lane implements Runnable {
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

  int number() {
    return device.place().device();
  }

  @Override
  public void run() {
    try {
      outputs = program.run(device, inputs);
      rendezvous.finished(number());
    } catch (CancellationException | GridFailure stopped) {
      // Whoever stopped this device has reported why.
    } catch (RuntimeException | Error e) {
      rendezvous.fail(new GridFailure("device " + number() + " failed: " + e.getMessage(), e));
    }
  }

  /** The result of a run that has ended well; the thread must have ended. */
  DeviceResult result() {
    return device.result(outputs);
  }
}
