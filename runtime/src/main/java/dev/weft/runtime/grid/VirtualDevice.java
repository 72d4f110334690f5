package dev.weft.runtime.grid;

import dev.weft.ir.mesh.Mesh;
import dev.weft.ir.op.Collective;
import dev.weft.ir.op.Receive;
import dev.weft.ir.op.Send;
import dev.weft.runtime.interp.Device;
import dev.weft.runtime.interp.DeviceMemory;
import dev.weft.runtime.interp.Site;
import dev.weft.runtime.kernel.Place;
import dev.weft.runtime.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One device of a grid during one run; used by its thread alone. */
final class VirtualDevice implements Device {
  private final Place place;
  private final Rendezvous rendezvous;
  private final Whereabouts whereabouts;
  private final DeviceMemory memory = new DeviceMemory();
  private final Map<String, Traffic> traffic = new TreeMap<>();

  VirtualDevice(Mesh mesh, int number, Rendezvous rendezvous, Whereabouts whereabouts) {
    this.place = new Place(mesh, number);
    this.rendezvous = rendezvous;
    this.whereabouts = whereabouts;
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public DeviceMemory memory() {
    return memory;
  }

  @Override
  public void arriveAt(Site site) {
    rendezvous.requireGoing();
    whereabouts.arrived(place.device(), site);
  }

  @Override
  public Tensor exchange(Collective op, Tensor operand, Site site) {
    count(op.kind(), op.sentBytes(operand.type()));
    if (op.parts() == 1) {
      return operand;
    }
    return rendezvous.meet(new Arrival(place.device(), op, operand, site));
  }

  @Override
  public void moved(String kind, long bytes) {
    count(kind, bytes);
  }

  @Override
  public void send(Send op, Tensor value, Site site) {
    count(op.name(), value.type().bytes());
    rendezvous.send(new Channel(place.device(), partner(op.along(), op.to())), value);
  }

  @Override
  public Tensor receive(Receive op, Site site) {
    var channel = new Channel(partner(op.along(), op.from()), place.device());
    return rendezvous.receive(new Wait(channel, op, site));
  }

  private int partner(String along, int coordinate) {
    return place.mesh().group(place.device(), List.of(along)).get(coordinate);
  }

  private void count(String kind, long bytes) {
    traffic.merge(kind, new Traffic(1, bytes), Traffic::plus);
  }

  DeviceResult result(List<Tensor> outputs) {
    return new DeviceResult(outputs, traffic, memory.peakBytes(), memory.peakHostBytes());
  }
}
