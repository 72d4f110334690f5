package dev.weft.frontend.syntax;

import dev.weft.ir.source.Code;
import dev.weft.ir.source.Description;

/** What can be wrong with the form of a file. Every one of these is an error. */
public enum SyntaxCode implements Code {
  UNKNOWN_CHARACTER(
      "W0101",
      "a character that Weft does not use",
      "Remove the character; outside of comments a file is letters, digits, and `( ) [ ] { } , : = "
          + "-> ... + - * /`."),
  UNEXPECTED(
      "W0102",
      "something else was expected here",
      "The message says what may stand here; where there is a note, it shows the whole form."),
  NEVER_CLOSED(
      "W0103",
      "an opening bracket without its closing one",
      "Add the missing `)`, `]` or `}`. Where a brace is missing, the indentation decided which"
          + " one."),
  NEVER_OPENED(
      "W0104",
      "a closing bracket without its opening one",
      "Remove the bracket, or add the one that opens it."),
  WRONG_SIGN(
      "W0105",
      "`=` and `:` confused",
      "`=` gives a value to a size, a setting or a tensor; `:` stands between a name and its type, "
          + "and between the name of an argument and the argument."),
  FOREIGN_FORM(
      "W0106",
      "a form of another language",
      "Weft has comments with `//`, no `;`, no strings and no comparisons; it writes products with"
          + " `*`."),
  NOT_A_DECLARATION(
      "W0107",
      "no declaration begins like this",
      "At the top of a file stand `model`, `block`, `preset` and `train`, and nothing else."),
  NOT_A_STATEMENT(
      "W0108",
      "no statement begins like this",
      "A statement binds a name (`x = …`) or begins with `axis`, `input`, `param`, `repeat`,"
          + " `output`, `return` or `shard`."),
  NO_BRACE(
      "W0109",
      "a body without its `{`",
      "Put a `{` after the header of a model, block, preset, recipe or repeat."),
  NOT_A_NAME(
      "W0110",
      "a name that begins with a digit",
      "Only presets may have names such as `7b`; all other names begin with a letter or `_`."),
  BAD_NUMBER(
      "W0111",
      "a number that lacks digits",
      "Write digits on both sides of the point: `0.5`, `1.0`."),
  BAD_BRACKET(
      "W0112",
      "brackets that mix different forms",
      "Brackets hold one index (`table[ids]`), axes (`e[batch, seq]`, `e[..., seq]`) or renamings "
          + "(`e[seq as source]`), not several of these."),
  ARGUMENT_ORDER(
      "W0113",
      "an argument without a name after one with a name",
      "Put the arguments by position first."),
  TOO_DEEP(
      "W0114",
      "nesting deeper than Weft reads",
      "Name the parts: bind them to names of their own on lines of their own.");

  private final Description description;

  SyntaxCode(String id, String summary, String help) {
    this.description = Description.error(id, summary, help);
  }

  @Override
  public Description description() {
    return description;
  }
}
