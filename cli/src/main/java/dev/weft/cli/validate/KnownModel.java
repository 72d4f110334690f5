package dev.weft.cli.validate;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What tables of runs leave out because everybody knows it: the published vocabulary of a family of
 * models, the size of its heads, and whether its output matrix is the embedding.
 *
 * @param names of the models, in lower case
 * @param key size of a head, where it is not hidden / heads
 */
record KnownModel(Pattern names, Style style, Head head, long vocab, OptionalLong key) {
  /** The first that matches counts. */
  private static final List<KnownModel> ALL =
      List.of(
          of("bert", Style.BERT, Head.TIED, 30522),
          of("bloom", Style.BLOOM, Head.TIED, 250880),
          of("neox|pythia", Style.NEOX, Head.UNTIED, 50432),
          of("falcon", Style.NEOX, Head.TIED, 65024),
          of("palm", Style.NEOX, Head.TIED, 256000),
          of("nemotron", Style.NEOX, Head.UNTIED, 256000),
          of("glm-130", Style.NEOX, Head.TIED, 150528),
          of("llama.?3\\.2", Style.LLAMA, Head.TIED, 128256),
          of("llama.?3", Style.LLAMA, Head.UNTIED, 128256),
          of("baichuan2", Style.LLAMA, Head.UNTIED, 125696),
          of("baichuan", Style.LLAMA, Head.UNTIED, 64000),
          of("internlm2", Style.LLAMA, Head.UNTIED, 92544),
          of("internlm", Style.LLAMA, Head.UNTIED, 103168),
          of("gpt.?oss", Style.LLAMA, Head.UNTIED, 201088),
          of("qwen", Style.LLAMA, Head.UNTIED, 151936),
          of("aquila", Style.LLAMA, Head.UNTIED, 100008),
          of("minicpm", Style.LLAMA, Head.TIED, 122753),
          new KnownModel(
              Pattern.compile("gemma"), Style.LLAMA, Head.TIED, 256000, OptionalLong.of(256)),
          of("chatglm", Style.LLAMA, Head.UNTIED, 65024),
          of("glm", Style.LLAMA, Head.UNTIED, 151552),
          of("\\byi\\b", Style.LLAMA, Head.UNTIED, 64000),
          of("deepseek", Style.LLAMA, Head.UNTIED, 129280),
          of("llama|mistral|mixtral|vicuna|skywork", Style.LLAMA, Head.UNTIED, 32000));

  /** Megatron-LM's GPT: the vocabulary of GPT-2, padded as its papers pad it. */
  private static final KnownModel OTHER = of("", Style.GPT, Head.TIED, 51200);

  static KnownModel of(String name) {
    return ALL.stream().filter(m -> m.names().matcher(name).find()).findFirst().orElse(OTHER);
  }

  private static KnownModel of(String names, Style style, Head head, long vocab) {
    return new KnownModel(Pattern.compile(names), style, head, vocab, OptionalLong.empty());
  }
}
