package dev.weft.frontend.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Names what could stand at a place. */
final class Expected {
  /** Rules that are lists in brackets: where their bracket may close, a comma may stand too. */
  private static final Set<Integer> LISTS =
      Set.of(
          WeftParser.RULE_modelHeader,
          WeftParser.RULE_blockHeader,
          WeftParser.RULE_axisList,
          WeftParser.RULE_axisPattern,
          WeftParser.RULE_arguments,
          WeftParser.RULE_listLiteral,
          WeftParser.RULE_bracket);

  private Expected() {}

  static boolean isList(ParserRuleContext context) {
    return LISTS.contains(context.getRuleIndex());
  }

  /** What the token types are, in words: {@code an expression}, {@code `,` or `)`}. */
  static String words(IntervalSet types, ParserRuleContext context) {
    var words = new ArrayList<String>();
    boolean name = types.contains(WeftLexer.NAME);
    boolean number = types.contains(WeftLexer.NUMBER);
    if (types.contains(WeftLexer.NUMERIC_NAME)) {
      words.add("a name");
    } else if (name && number) {
      words.add("an expression");
    } else if (name) {
      words.add(nameOf(context));
    } else if (number) {
      words.add("a number");
    }
    boolean closes =
        types.contains(WeftLexer.RIGHT_PAREN) || types.contains(WeftLexer.RIGHT_BRACKET);
    if (closes && !name && isList(context)) {
      words.add("`,`");
    }
    for (int type : types.toArray()) {
      if (isSign(type) && !(number && isExpressionSign(type)) || !name && isKeyword(type)) {
        words.add(WeftLexer.VOCABULARY.getLiteralName(type).replace('\'', '`'));
      }
    }
    return words.isEmpty() ? "something else" : either(words);
  }

  /** What could stand behind a token with which a choice began, where nothing of it fits. */
  static String after(Token start) {
    return switch (start.getType()) {
      case WeftLexer.AXIS -> "the name of an axis after `axis`";
      case WeftLexer.INPUT -> "the name of an input after `input`";
      case WeftLexer.PARAM -> "the name of a tensor after `param`";
      case WeftLexer.REPEAT -> "a number of times after `repeat`";
      case WeftLexer.OUTPUT -> "the name of a value after `output`";
      case WeftLexer.RETURN -> "an expression after `return`";
      case WeftLexer.SHARD -> "the name of an axis after `shard`";
      default -> "something else after `" + start.getText() + "`";
    };
  }

  /** What stands behind the comma of a list. */
  static String item(ParserRuleContext context) {
    return switch (context.getRuleIndex()) {
      case WeftParser.RULE_modelHeader -> "a size with its default";
      case WeftParser.RULE_blockHeader -> "a tensor, axis or value";
      case WeftParser.RULE_arguments -> "an argument";
      case WeftParser.RULE_bracket, WeftParser.RULE_listLiteral -> "an expression";
      default -> "the name of an axis";
    };
  }

  private static String nameOf(RuleContext context) {
    return switch (context.getRuleIndex()) {
      case WeftParser.RULE_word -> nameOf(context.parent);
      case WeftParser.RULE_axisDeclarator, WeftParser.RULE_axisList, WeftParser.RULE_patternItem ->
          "the name of an axis";
      default -> "a name";
    };
  }

  private static boolean isSign(int type) {
    return type >= WeftLexer.LEFT_PAREN && type <= WeftLexer.SLASH;
  }

  private static boolean isExpressionSign(int type) {
    return type == WeftLexer.LEFT_PAREN || type == WeftLexer.MINUS;
  }

  private static boolean isKeyword(int type) {
    return type >= WeftLexer.MODEL && type <= WeftLexer.OVER;
  }

  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
