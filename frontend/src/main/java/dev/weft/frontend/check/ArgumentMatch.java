package dev.weft.frontend.check;

import dev.weft.frontend.syntax.Argument;
import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.ir.source.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call by the names of the parameters: first those by position, then those by
 * name. What matches no parameter is reported and left out.
 */
final class ArgumentMatch {
  private final CallExpression call;
  private final List<String> parameters;
  private final Findings findings;
  private final Map<String, Expression> byName = new LinkedHashMap<>();
  private boolean sound = true;

  private ArgumentMatch(CallExpression call, List<String> parameters, Findings findings) {
    this.call = call;
    this.parameters = parameters;
    this.findings = findings;
  }

  static ArgumentMatch of(CallExpression call, List<String> parameters, Findings findings) {
    var match = new ArgumentMatch(call, parameters, findings);
    int position = 0;
    for (var argument : call.arguments()) {
      match.add(argument, position++);
    }
    return match;
  }

  Map<String, Expression> byName() {
    return byName;
  }

  /** Whether every argument matched. */
  boolean isSound() {
    return sound;
  }

  private void add(Argument argument, int position) {
    if (argument.name().isPresent()) {
      named(argument);
    } else if (position < parameters.size()) {
      put(parameters.get(position), argument);
    } else {
      report(
          Diagnostic.of(
              CheckCode.TOO_MANY_ARGUMENTS,
              argument.span(),
              "`%s` takes %d argument%s: %s"
                  .formatted(
                      call.function(),
                      parameters.size(),
                      parameters.size() == 1 ? "" : "s",
                      String.join(", ", parameters))));
    }
  }

  private void named(Argument argument) {
    var name = argument.name().orElseThrow();
    if (parameters.contains(name.text())) {
      put(name.text(), argument);
    } else {
      report(
          Suggest.among(
              parameters,
              name,
              CheckCode.UNKNOWN_ARGUMENT,
              "`" + call.function() + "` takes no `" + name + "`"));
    }
  }

  private void put(String parameter, Argument argument) {
    var before = byName.putIfAbsent(parameter, argument.value());
    if (before != null) {
      report(
          Diagnostic.of(
                  CheckCode.REPEATED_ARGUMENT,
                  argument.span(),
                  "`" + parameter + "` of `" + call.function() + "` is given twice")
              .note(before.span(), "first here"));
    }
  }

  private void report(Diagnostic diagnostic) {
    findings.add(diagnostic);
    sound = false;
  }
}
