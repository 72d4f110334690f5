package dev.weft.passes.offload;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with what lies on the host. */
public enum OffloadCode implements Code {
  CACHE_TOO_SMALL(
      "W0681",
      "The cache of weights has room for none of them.",
      "Raise `cache` to what the message names, or drop it: then every use of a weight fetches it."),
  PEAK_TOO_SMALL(
      "W0682",
      "No cache of weights keeps a device within the peak memory.",
      "Raise the limit to what the message names, or cut the model over more devices or into more"
          + " micro-batches.");

  private final Description description;

  OffloadCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
