package dev.weft.frontend.check;

import dev.weft.frontend.syntax.BlockDecl;
import dev.weft.frontend.syntax.Declaration;
import dev.weft.frontend.syntax.ModelDecl;
import dev.weft.frontend.syntax.PresetDecl;
import dev.weft.frontend.syntax.SyntaxTree;
import dev.weft.frontend.syntax.TrainDecl;
import dev.weft.ir.source.Diagnostic;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file declares, by name.
 *
 * @param train the recipe, if the file has one
 */
record Declarations(
    ModelDecl model,
    Map<String, BlockDecl> blocks,
    Map<String, PresetDecl> presets,
    Optional<TrainDecl> train) {

  /** Empty where the file holds no model; whatever else is wrong is reported and left out. */
  static Optional<Declarations> of(SyntaxTree tree, Findings findings) {
    var models = tree.models();
    if (models.isEmpty()) {
      findings.add(
          CheckCode.NO_MODEL, tree.source().whole(), "`" + tree.source() + "` declares no model");
      return Optional.empty();
    }
    var model = models.getFirst();
    for (var other : models.subList(1, models.size())) {
      findings.add(
          Diagnostic.of(
                  CheckCode.SEVERAL_MODELS,
                  other.name().span(),
                  "a second model, `" + other.name() + "`")
              .note(model.name().span(), "the first is `" + model.name() + "`"));
    }
    var trains = tree.trains();
    duplicates("recipe", trains, findings);
    trains.forEach(t -> requireModel(t, model, findings));
    return Optional.of(
        new Declarations(
            model,
            byName("block", tree.blocks(), findings),
            byName("preset", tree.presets(), findings),
            trains.stream().findFirst()));
  }

  private static <T extends Declaration> Map<String, T> byName(
      String kind, List<T> declarations, Findings findings) {
    var byName = new LinkedHashMap<String, T>();
    for (var declaration : declarations) {
      var first = byName.putIfAbsent(declaration.name().text(), declaration);
      if (first != null) {
        duplicate(kind, first, declaration, findings);
      }
    }
    return byName;
  }

  private static void duplicates(
      String kind, Collection<? extends Declaration> all, Findings findings) {
    var first = all.stream().findFirst();
    all.stream().skip(1).forEach(d -> duplicate(kind, first.orElseThrow(), d, findings));
  }

  private static void duplicate(
      String kind, Declaration first, Declaration second, Findings findings) {
    findings.add(
        Diagnostic.of(
                CheckCode.DUPLICATE_DECLARATION,
                second.name().span(),
                "a second " + kind + " `" + second.name() + "`")
            .note(first.name().span(), "the first is here"));
  }

  private static void requireModel(TrainDecl train, ModelDecl model, Findings findings) {
    if (!train.name().text().equals(model.name().text())) {
      findings.add(
          Diagnostic.of(
                  CheckCode.WRONG_MODEL,
                  train.name().span(),
                  "the recipe is for `" + train.name() + "`, the model is `" + model.name() + "`")
              .note(model.name().span(), "the model is declared here")
              .fix(train.name().span(), model.name().text()));
    }
  }
}
