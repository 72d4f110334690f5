package dev.weft.runtime.interp;

import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Send;
import dev.weft.runtime.kernel.Place;
import dev.weft.runtime.tensor.Tensor;

/** What a running program needs of the device that runs it. */
public interface Device {
  Place place();

  DeviceMemory memory();

  /**
   * The device arrives at an op.
   *
   * @throws java.util.concurrent.CancellationException when the device is to stop
   */
  void arriveAt(Site site);

  /** Exchanges data with the other devices of a group; answers this device's result. */
  Tensor exchange(Collective op, Tensor operand, Site site);

  /** Bytes went over the link between the device and its host. */
  void moved(String kind, long bytes);

  /** Gives a value to another device; does not wait. */
  void send(Send op, Tensor value, Site site);

  /** Waits for the next value that another device sends here. */
  Tensor receive(Receive op, Site site);
}
