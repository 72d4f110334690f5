package dev.weft.passes.cluster;

import dev.weft.ir.json.JsonCodes;
import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What may be wrong with the spec of a cluster or of a part of one. */
public enum ClusterCode implements Code {
  SYNTAX("W0901", "A cluster spec that is not JSON", "docs/clusters.md shows a whole spec."),
  UNKNOWN_KEY("W0902", "A key that the spec does not have", "docs/clusters.md lists the keys."),
  WRONG_TYPE(
      "W0903",
      "A value that is not of its key's kind",
      "docs/clusters.md lists the kinds; a number may stand alone or as"
          + " { \"value\": 1.5e12, \"source\": \"…\" }."),
  MISSING_KEY(
      "W0904",
      "A key that the spec needs is absent",
      "docs/clusters.md lists the keys; \"like\" takes what is not given from another spec."),
  REPEATED_KEY("W0905", "A key given twice in one object of a spec", "Keep one of them."),
  UNKNOWN_CHOICE(
      "W0906",
      "A name that is none of those that may stand here",
      "docs/clusters.md lists the names."),
  UNKNOWN_SPEC(
      "W0907",
      "There is no spec of this name",
      "docs/clusters.md lists what is shipped; a cluster of your own is given by its file, such as"
          + " ./my-cluster.json."),
  VALUE(
      "W0908",
      "Values of a spec that cannot be",
      "docs/clusters.md gives the unit and the range of each.");

  /** What specs call the mistakes of any JSON. */
  static final JsonCodes JSON =
      new JsonCodes(
          "a spec", SYNTAX, UNKNOWN_KEY, REPEATED_KEY, MISSING_KEY, WRONG_TYPE, UNKNOWN_CHOICE);

  private final Description description;

  ClusterCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
