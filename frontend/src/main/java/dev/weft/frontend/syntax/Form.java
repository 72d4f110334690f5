package dev.weft.frontend.syntax;

import java.util.Optional;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/** A right example of each form of the language, for the note of a diagnostic. */
final class Form {
  private Form() {}

  /** The form of the nearest rule around a context that has one to show. */
  static Optional<String> around(RuleContext context) {
    for (var rule = context; rule != null; rule = rule.parent) {
      var example = example(rule);
      if (example.isPresent()) {
        return example.map(e -> "the form is " + e);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> example(RuleContext rule) {
    return switch (rule) {
      case WeftParser.StatementContext statement -> Optional.of(statement(statement.getStart()));
      case WeftParser.RepeatHeaderContext _ -> Optional.of("`repeat layers as blocks { … }`");
      case WeftParser.ModelHeaderContext _, WeftParser.ModelDeclarationContext _ ->
          Optional.of("`model gpt2(layers = 12, model = 768) { … }`");
      case WeftParser.BlockHeaderContext _, WeftParser.BlockDeclarationContext _ ->
          Optional.of("`block mlp(x[..., model], ffn: axis) -> [..., model] { … }`");
      case WeftParser.PresetHeaderContext _, WeftParser.PresetDeclarationContext _ ->
          Optional.of("`preset small { layers = 12, heads = 12 }`");
      case WeftParser.TrainHeaderContext _, WeftParser.TrainDeclarationContext _ ->
          Optional.of("`train gpt2 { batch = 8, precision = f32 }`");
      case WeftParser.SettingContext _ -> Optional.of("`layers = 12`");
      default -> Optional.empty();
    };
  }

  private static String statement(Token start) {
    return switch (start.getType()) {
      case WeftLexer.AXIS -> "`axis batch, seq` or `axis key = model / heads`";
      case WeftLexer.INPUT -> "`input tokens: i32[batch, seq] in vocab from text`";
      case WeftLexer.PARAM -> "`param wq, wk: [model, heads, key] = normal(0.02)`";
      case WeftLexer.REPEAT -> "`repeat layers as blocks { … }`";
      case WeftLexer.OUTPUT -> "`output logits`";
      case WeftLexer.RETURN -> "`return a * wo + bo`";
      case WeftLexer.SHARD -> "`shard heads over tp`";
      default -> "`y = f(x)` or `y[batch, seq] = f(x)`";
    };
  }
}
