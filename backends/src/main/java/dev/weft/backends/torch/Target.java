package dev.weft.backends.torch;

import java.util.Locale;

/** The kind of device that a bundle is made for; any bundle also runs on the CPU. */
public enum Target {
  /** NVIDIA GPUs, collectives through NCCL. */
  CUDA,
  /** Ascend NPUs through torch_npu, collectives through HCCL. */
  ASCEND,
  /** Processes of this machine, collectives through gloo. */
  CPU;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
