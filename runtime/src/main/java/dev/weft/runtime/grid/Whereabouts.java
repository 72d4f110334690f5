package dev.weft.runtime.grid;

import dev.weft.runtime.interp.Site;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Where in the program each device is, for reports. */
final class Whereabouts {
  private final AtomicReferenceArray<Optional<Site>> sites;
  private final AtomicReferenceArray<Boolean> finished;

  Whereabouts(int devices) {
    this.sites = new AtomicReferenceArray<>(devices);
    this.finished = new AtomicReferenceArray<>(devices);
    for (int device = 0; device < devices; device++) {
      sites.set(device, Optional.empty());
      finished.set(device, false);
    }
  }

  void arrived(int device, Site site) {
    sites.setPlain(device, Optional.of(site));
  }

  void finished(int device) {
    finished.set(device, true);
  }
}
