package dev.weft.backends.torch;

/** {@code README.md} of a bundle. */
final class ReadmeFile {
  private static final String DEVICE_ROW = "| `device.py` |";
  private static final String PIPELINE_ROW =
      "| `pipeline.py` | what a stage is, and the ways on which values go between ranks |\n";

  private static final String CACHE_ROW =
      "| `cache.py` | weights that stay on the device between uses, as a table in `model.py` says |\n";

  private ReadmeFile() {}

  static String text(Bundle bundle) {
    var text = LaunchScripts.fill("README.md", bundle);
    var rows = bundle.step().pipeline().isPresent() ? PIPELINE_ROW : "";
    rows += bundle.cached().isPresent() ? CACHE_ROW : "";
    return text.replace(DEVICE_ROW, rows + DEVICE_ROW);
  }
}
