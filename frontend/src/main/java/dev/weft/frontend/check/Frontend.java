package dev.weft.frontend.check;

import dev.weft.frontend.syntax.SyntaxParser;
import dev.weft.frontend.syntax.SyntaxTree;
import dev.weft.ir.source.Checked;
import dev.weft.ir.source.Source;
import java.util.List;
import java.util.Optional;

/** From a source and the user's choices to a checked model. */
public final class Frontend {
  private final SyntaxTree tree;
  private final Options options;
  private final Findings findings = new Findings();

  private Frontend(SyntaxTree tree, Options options) {
    this.tree = tree;
    this.options = options;
  }

  /**
   * The model of a file, with the sizes that the options choose. Present where nothing is wrong;
   * there may be warnings beside it. A file that is not well formed is not looked at any further.
   */
  public static Checked<CheckedModel> check(Source source, Options options) {
    var tree = SyntaxParser.parse(source);
    if (tree.hasErrors() || tree.value().isEmpty()) {
      return Checked.failed(tree.diagnostics());
    }
    return new Frontend(tree.value().get(), options).check();
  }

  private Checked<CheckedModel> check() {
    var checked = Declarations.of(tree, findings).flatMap(this::check);
    return new Checked<>(
        findings.hasErrors() ? Optional.empty() : checked, findings.inOrder(tree.source()));
  }

  private Optional<CheckedModel> check(Declarations declarations) {
    var settings = Settings.of(declarations, options, findings);
    var sizes = SizeTable.bind(declarations.model(), settings, findings);
    var reader = new RecipeReader(settings, findings);
    var precision = reader.precision(options);
    var scope = Scope.top(sizes);
    var program = new Program(scope.region());
    var elaboration = new Elaboration(findings, declarations, precision, program, sizes);
    var expressions = new Expressions(elaboration);
    new Body(elaboration, expressions, scope, new Place.OfModel())
        .runModel(declarations.model().body(), declarations.model().name());
    for (var block : elaboration.uncalled()) {
      findings.add(
          CheckCode.UNUSED_BLOCK,
          block.name().span(),
          "the block `" + block.name() + "` is never called");
    }
    var optimizer = reader.optimizer(precision, program.weightFacts());
    return findings.hasErrors()
        ? Optional.empty()
        : Optional.of(
            new CheckedModel(
                declarations.model().name().text(),
                program.module(),
                sizes.known(),
                new Recipe(RecipeReader.batch(sizes), optimizer, precision),
                List.copyOf(declarations.presets().keySet()),
                program.shardHints()));
  }
}
