package dev.weft.backends.torch;

/** {@code README.md} of a bundle. */
final class ReadmeFile {
  private ReadmeFile() {}

  static String text(Bundle bundle) {
    return LaunchScripts.fill("README.md", bundle);
  }
}
