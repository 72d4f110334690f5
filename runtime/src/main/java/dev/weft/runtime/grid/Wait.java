package dev.weft.runtime.grid;

import dev.weft.ir.op.Receive;
import dev.weft.runtime.interp.Site;

/** A device waits for the next value of a channel. */
record Wait(Channel channel, Receive op, Site site) {
  /** For reports. */
  String waits() {
    return "device " + channel.to() + " waits in receive at " + site + " for " + channel.from();
  }
}
