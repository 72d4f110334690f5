package dev.weft.cli.validate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From what a row says of its software and source to the name of a software stack. The first rule
 * counts whose pattern is found in the name of the system, or else in the source; where none is,
 * the device decides which stack was usual on it.
 */
record SoftwareRule(Pattern words, String software) {
  private static final List<SoftwareRule> SYSTEMS =
      List.of(
          rule("megascale", "megascale"),
          rule("nanotron", "nanotron"),
          rule("mindspeed|modellink|ascendspeed|mindformers", "mindspeed"),
          rule("aleph alpha", "aleph-alpha"),
          rule("zero-?bubble", "zero-bubble"),
          rule("bmtrain", "bmtrain"),
          rule("colossal", "colossal-ai"),
          rule(
              "megatron-deepspeed|deepspeed \\+ megatron|deepspeed.*megatron",
              "megatron-deepspeed"),
          rule("deepspeed|zero-?3", "deepspeed"),
          rule("torchtitan|fsdp", "pytorch-fsdp"),
          rule("nemo.*(26\\.(0[6-9]|1)|2[7-9]\\.\\d)", "megatron-core-2026"),
          rule("nemo.*2[5-9]\\.\\d|megatron-bridge", "megatron-core-2025"),
          rule("megatron-core moe", "megatron-core-2025"),
          rule("nemo|megatron-?core|mcore", "megatron-core-2024"),
          rule("megatron.*(ptd|2021|v2\\.0)", "megatron-2021"),
          rule("megatron", "megatron-2022"));

  private static final List<SoftwareRule> DEVICES =
      List.of(
          rule("ascend|910", "mindspeed"),
          rule("b200|b300|h200", "megatron-core-2025"),
          rule("h100|h800|h20", "megatron-core-2024"),
          rule("", "megatron-2022"));

  /**
   * nanotron's runs of autumn 2024, which their table marks: a pipeline over several nodes took
   * about a second more for each micro-batch, whatever the model, until it was mended.
   */
  private static final Pattern UNMENDED = Pattern.compile("after_pp_fix=false");

  private static final String UNMENDED_NANOTRON = "nanotron-unmended";
  private static final String NANOTRON = "nanotron";

  private static final String MEGATRON_2022 = "megatron-2022";

  /** With fused attention. */
  private static final String MEGATRON_2023 = "megatron-2023";

  /** Without reduction by switches every collective of nanotron's runs was slow. */
  private static final String SLOW_NANOTRON = "nanotron-without-nvls";

  /** The kernels between which Hagemann et al. (2023) compare; the usual ones come last. */
  private static final String ALEPH_ALPHA = "aleph-alpha";

  private static final List<SoftwareRule> KERNELS =
      List.of(
          rule("rms kernel", "aleph-alpha-rms"),
          rule("flash_attentionv1", "aleph-alpha-flash1"),
          rule("kernel=fused", "aleph-alpha-fused"),
          rule("kernel=torch", "aleph-alpha-torch"),
          rule("", ALEPH_ALPHA));

  /** The stack of a run. */
  static String of(PublishedRun run) {
    if (isUnmended(run)) {
      return UNMENDED_NANOTRON;
    }
    var stack = named(run);
    return switch (stack) {
      case NANOTRON -> isSlow(run) ? SLOW_NANOTRON : NANOTRON;
      case MEGATRON_2022 -> RowRules.isOfFusedYears(run) ? MEGATRON_2023 : MEGATRON_2022;
      case ALEPH_ALPHA -> first(KERNELS, run.notes()).orElse(ALEPH_ALPHA);
      default -> stack;
    };
  }

  private static boolean isSlow(PublishedRun run) {
    return MeasuredLinks.of(run.notes()).filter(m -> !m.isReducedBySwitch()).isPresent();
  }

  private static boolean isUnmended(PublishedRun run) {
    var machine = run.machine();
    return UNMENDED.matcher(run.notes().toLowerCase(Locale.ROOT)).find()
        && run.plan().pipeline().orElse(1) > 1
        && machine.devices().orElse(1) > machine.devicesPerNode().orElse(Long.MAX_VALUE);
  }

  private static String named(PublishedRun run) {
    return first(SYSTEMS, run.system())
        .or(() -> first(SYSTEMS, run.source()))
        .or(() -> first(DEVICES, run.machine().device() + " " + run.machine().key()))
        .orElseThrow();
  }

  private static Optional<String> first(List<SoftwareRule> rules, String words) {
    var lower = words.toLowerCase(Locale.ROOT);
    return rules.stream()
        .filter(rule -> rule.words().matcher(lower).find())
        .map(SoftwareRule::software)
        .findFirst();
  }

  private static SoftwareRule rule(String words, String software) {
    return new SoftwareRule(Pattern.compile(words), software);
  }
}
