package dev.weft.runtime.grid;

import dev.weft.runtime.interp.Site;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Where in the program each device is, for reports. */
final class Whereabouts {
  /** A {@link Site}, or words; printed only in a report. */
  private final AtomicReferenceArray<Object> places;

  Whereabouts(int devices) {
    this.places = new AtomicReferenceArray<>(devices);
    for (int device = 0; device < devices; device++) {
      places.set(device, "the start");
    }
  }

  void arrived(int device, Site site) {
    places.set(device, site);
  }

  void finished(int device) {
    places.set(device, "the end: it has finished");
  }

  String of(int device) {
    return places.get(device).toString();
  }
}
