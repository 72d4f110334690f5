package dev.weft.backends.core;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can go wrong when a program is written for a target. */
public enum BundleCode implements Code {
  FOREIGN_DIRECTORY(
      "W0701",
      "the output directory holds files that are not part of a bundle",
      "Choose a new directory with -o, or ask for the old one to be overwritten."),
  CHANGED_BUNDLE(
      "W0702",
      "the output directory holds a bundle with files that were changed or added",
      "Move what you want to keep out of the directory, or ask for it to be overwritten."),
  NOT_A_DIRECTORY(
      "W0703", "the output path is not a directory", "Choose a directory that does not exist yet."),
  CANNOT_WRITE(
      "W0704",
      "the bundle cannot be written",
      "Check the permissions and the free space of the parent directory."),
  UNSUPPORTED_PRECISION(
      "W0705",
      "the target does not compute in this precision",
      "Bundles train in f64, f32, bf16 or f16; set `precision` in the recipe or with -D.");

  private final Description description;

  BundleCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
