package dev.weft.frontend.check;

import dev.weft.frontend.syntax.AxisFormal;
import dev.weft.frontend.syntax.BlockDecl;
import dev.weft.frontend.syntax.CallExpression;
import dev.weft.frontend.syntax.Expression;
import dev.weft.frontend.syntax.Formal;
import dev.weft.frontend.syntax.ValueFormal;
import dev.weft.ir.source.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Calls of blocks: each runs the block's body anew, with parameters of its own. */
final class BlockCalls {
  /** Levels of calls: more are a mistake, and would exhaust the stack. */
  private static final int DEEPEST = 64;

  /** Calls in one model: blocks that call others twice each grow beyond every use. */
  private static final int MOST = 10_000;

  private final Elaboration elaboration;
  private final Expressions expressions;
  private final List<BlockDecl> active = new ArrayList<>();
  private int calls;

  BlockCalls(Elaboration elaboration, Expressions expressions) {
    this.elaboration = elaboration;
    this.expressions = expressions;
  }

  Meaning call(BlockDecl block, CallExpression call, Scope caller) {
    elaboration.markCalled(block);
    requireNotActive(block, call);
    requireReasonable(call);
    requireDistinct(block);
    var match = matched(block, call);
    var given = new ArrayList<FormalBinding>();
    for (var formal : block.formals()) {
      given.add(given(formal, match, caller));
    }
    // The path is taken when the arguments have theirs.
    var scope = caller.called(block.name().text());
    boolean sound = match.isSound();
    for (var binding : given) {
      sound &= bind(binding, scope);
    }
    if (!sound) {
      return Meaning.UNKNOWN;
    }
    active.add(block);
    elaboration.findings().enter(block.name().text(), call.span());
    try {
      return new Body(elaboration, expressions, scope, new Place.OfBlock(block)).runBlock();
    } finally {
      elaboration.findings().leave();
      active.removeLast();
    }
  }

  private void requireNotActive(BlockDecl block, CallExpression call) {
    int first = active.indexOf(block);
    if (first >= 0) {
      var cycle = new ArrayList<>(active.subList(first, active.size()));
      cycle.add(block);
      var names = cycle.stream().map(b -> "`" + b.name() + "`").toList();
      throw new Refusal(
          Diagnostic.of(
                  CheckCode.RECURSIVE_BLOCK,
                  call.span(),
                  "the block `" + block.name() + "` calls itself")
              .note(block.name().span(), String.join(" calls ", names)));
    }
  }

  private void requireReasonable(CallExpression call) {
    if (active.size() >= DEEPEST || ++calls > MOST) {
      throw new Refusal(
          CheckCode.CALL_DEPTH,
          call.span(),
          active.size() >= DEEPEST
              ? "calls of blocks go deeper than " + DEEPEST
              : "the model calls blocks more than " + MOST + " times");
    }
  }

  private void requireDistinct(BlockDecl block) {
    var seen = new HashSet<String>();
    for (var formal : block.formals()) {
      if (!seen.add(formal.name().text())) {
        throw new Refusal(
            CheckCode.DUPLICATE_NAME,
            formal.name().span(),
            "`" + formal.name() + "` is a formal of `" + block.name() + "` already");
      }
    }
  }

  /** The arguments by formal; those that lack are reported. */
  private ArgumentMatch matched(BlockDecl block, CallExpression call) {
    var names = block.formals().stream().map(f -> f.name().text()).toList();
    var match = ArgumentMatch.of(call, names, elaboration.findings());
    for (var formal : block.formals()) {
      boolean needed = !(formal instanceof ValueFormal);
      if (needed && !match.byName().containsKey(formal.name().text())) {
        missing(block, formal, call, match.isSound());
      }
    }
    return match;
  }

  /** A formal with what the caller gives for it. */
  private FormalBinding given(Formal formal, ArgumentMatch match, Scope caller) {
    var argument = Optional.ofNullable(match.byName().get(formal.name().text()));
    var meaning =
        formal instanceof AxisFormal
            ? Optional.<Meaning>empty()
            : argument.map(e -> expressions.meaning(e, caller, hint(formal, e)));
    return new FormalBinding(formal, argument, meaning, caller);
  }

  /** A value that is made for a formal bears its name. */
  private static String hint(Formal formal, Expression argument) {
    return argument instanceof CallExpression ? "" : formal.name().text();
  }

  /** Whether a formal is bound to something known. */
  private boolean bind(FormalBinding binding, Scope scope) {
    try {
      return binding.bind(scope, expressions);
    } catch (Refusal refusal) {
      elaboration.report(refusal.diagnostic());
      return false;
    }
  }

  private void missing(BlockDecl block, Formal formal, CallExpression call, boolean report) {
    if (report) {
      elaboration.report(
          Diagnostic.of(
                  CheckCode.MISSING_ARGUMENT,
                  call.span(),
                  "the block `" + block.name() + "` needs `" + formal.name() + "`")
              .note(formal.span(), "declared here"));
    }
  }
}
