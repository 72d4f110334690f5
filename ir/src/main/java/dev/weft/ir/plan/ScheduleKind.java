package dev.weft.ir.plan;

import java.util.Arrays;
import java.util.Optional;

/** The pipeline schedules that are made from sizes alone. */
public enum ScheduleKind {
  /** All forwards, then all backwards (Huang et al. 2019, "GPipe"). */
  GPIPE("gpipe"),
  /** One forward, one backward in turn (Narayanan et al. 2019, "PipeDream", flushed). */
  ONE_F_ONE_B("1f1b"),
  /** 1F1B over several chunks for each device (Narayanan et al. 2021, section 2.2). */
  INTERLEAVED("interleaved"),
  /** Split backward in the memory of 1F1B (Qi et al. 2023, "Zero Bubble", section 3). */
  ZB_H1("zb-h1"),
  /** Split backward without a bubble, in up to twice the memory of 1F1B (ibid.). */
  ZB_H2("zb-h2"),
  /** Split backward, two chunks in the shape of a V (Qi et al. 2024). */
  ZB_V("zb-v"),
  /** DualPipe with the two directions on one device each (DeepSeek 2025; "cut in half"). */
  DUALPIPE_V("dualpipe-v");

  private final String text;

  ScheduleKind(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public static Optional<ScheduleKind> of(String text) {
    return Arrays.stream(values()).filter(k -> k.text.equals(text)).findFirst();
  }
}
