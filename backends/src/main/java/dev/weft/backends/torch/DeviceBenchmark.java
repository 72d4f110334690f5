package dev.weft.backends.torch;

import java.util.Map;

/** The PyTorch program that measures a device and the links around it; it needs no other file. */
public final class DeviceBenchmark {
  /** Its name. */
  public static final String FILE = "calibrate.py";

  private DeviceBenchmark() {}

  /** The program as a bundle of one file. */
  public static Map<String, String> files() {
    return Map.of(FILE, PythonLibrary.read(FILE));
  }
}
