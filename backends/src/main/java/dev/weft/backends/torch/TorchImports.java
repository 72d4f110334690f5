package dev.weft.backends.torch;

import java.util.regex.Pattern;

/** The imports of PyTorch that a program needs. */
final class TorchImports {
  private TorchImports() {}

  static void write(PythonWriter out, String program) {
    if (mentions(program, "torch\\.")) {
      out.line("import torch");
    }
    if (mentions(program, "F\\.")) {
      out.line("import torch.nn.functional as F");
    }
    if (mentions(program, "einsum\\(")) {
      out.line("from torch import einsum");
    }
  }

  private static boolean mentions(String program, String name) {
    return Pattern.compile("(?<![\\w.])" + name).matcher(program).find();
  }
}
