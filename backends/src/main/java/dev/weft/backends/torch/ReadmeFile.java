package dev.weft.backends.torch;

/** {@code README.md} of a bundle. */
final class ReadmeFile {
  private static final String DEVICE_ROW = "| `device.py` |";
  private static final String PIPELINE_ROW =
      "| `pipeline.py` | what a stage is, and the ways on which values go between ranks |\n";

  private ReadmeFile() {}

  static String text(Bundle bundle) {
    var text = LaunchScripts.fill("README.md", bundle);
    return bundle.step().pipeline().isPresent()
        ? text.replace(DEVICE_ROW, PIPELINE_ROW + DEVICE_ROW)
        : text;
  }
}
