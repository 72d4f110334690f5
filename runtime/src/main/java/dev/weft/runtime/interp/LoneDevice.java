package dev.weft.runtime.interp;

import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Send;
import dev.weft.runtime.kernel.Place;
import dev.weft.runtime.tensor.Tensor;

/** A device without others: for programs without collectives. */
public final class LoneDevice implements Device {
  private final DeviceMemory memory = new DeviceMemory();

  @Override
  public Place place() {
    return Place.SINGLE;
  }

  @Override
  public DeviceMemory memory() {
    return memory;
  }

  @Override
  public void arriveAt(Site site) {}

  @Override
  public Tensor exchange(Collective op, Tensor operand, Site site) {
    if (op.parts() != 1) {
      throw new IllegalStateException(site + " needs " + op.parts() + " devices");
    }
    return operand;
  }

  @Override
  public void moved(String kind, long bytes) {}

  @Override
  public void send(Send op, Tensor value, Site site) {
    throw new IllegalStateException(site + " needs another device");
  }

  @Override
  public Tensor receive(Receive op, Site site) {
    throw new IllegalStateException(site + " needs another device");
  }
}
