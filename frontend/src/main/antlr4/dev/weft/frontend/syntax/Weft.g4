/*
 * The grammar of Weft; docs/language.md is its specification.
 *
 * Keywords are contextual: `word` admits them all as names. A statement that begins with a keyword is
 * told from a binding of that name by its second token (`axis a` and `axis = a`), so every decision
 * below needs at most two tokens. An error stays inside the nearest rule that Recovery knows.
 *
 * Lists in brackets read `item (',' item?)*`: one comma may end them. Recovery reports two in a row.
 */
grammar Weft;

file: declaration* EOF;

declaration
    : modelHeader body      # modelDeclaration
    | blockHeader body      # blockDeclaration
    | presetHeader settings # presetDeclaration
    | trainHeader settings  # trainDeclaration
    ;

modelHeader: MODEL word ('(' (sizeParameter (',' sizeParameter?)*)? ')')?;
blockHeader: BLOCK word '(' (formal (',' formal?)*)? ')' ('->' axisPattern)?;
presetHeader: PRESET presetName;
trainHeader: TRAIN word;

presetName: word | NUMBER | NUMERIC_NAME;

sizeParameter: word '=' expression;

formal: word (axisPattern | ':' AXIS | '=' expression);

body: '{' statement* '}';

settings: '{' (setting ','?)* '}';
setting: word '=' expression;

statement
    : AXIS axisDeclarator (',' axisDeclarator)*   # axisStatement
    | INPUT inputDeclarator (',' inputDeclarator)* # inputStatement
    | PARAM paramGroup (',' paramGroup)*          # paramStatement
    | repeatHeader body                           # repeatStatement
    | OUTPUT word (',' word)*                     # outputStatement
    | RETURN expression                           # returnStatement
    | SHARD word OVER word                        # shardStatement
    | word axisPattern? '=' expression            # bindStatement
    ;

// `:` is admitted here and `=` in arguments so that the diagnostic can be exact.
axisDeclarator: word (('=' | ':') expression)?;
inputDeclarator: word ':' word axisList (IN expression)? textFeed?;
textFeed: FROM TEXT (SHIFT NUMBER)?;
paramGroup: word (',' word)* ':' axisList ('=' expression)?;
repeatHeader: REPEAT expression (AS word)?;

axisList: '[' (word (',' word?)*)? ']';
axisPattern: '[' (patternItem (',' patternItem?)*)? ']';
patternItem: '...' | word;

expression: term (('+' | '-') term)*;
term: factor (('*' | '/') factor)*;
factor: '-' factor | operand;
operand: primary bracket*;
primary: NUMBER # number | word arguments? # nameOrCall | '(' expression ')' # parenthesized;

arguments: '(' (argument (',' argument?)*)? ')';
argument: (word (':' | '='))? argumentValue;
argumentValue: listLiteral | expression;
listLiteral: '[' (expression (',' expression?)*)? ']';

bracket: '[' (bracketItem (',' bracketItem?)*)? ']';
bracketItem: '...' | expression (AS word)?;

word
    : NAME
    | MODEL | BLOCK | PRESET | TRAIN
    | AXIS | INPUT | PARAM | REPEAT | OUTPUT | RETURN | SHARD
    | AS | IN | FROM | TEXT | SHIFT | OVER
    ;

MODEL: 'model';
BLOCK: 'block';
PRESET: 'preset';
TRAIN: 'train';
AXIS: 'axis';
INPUT: 'input';
PARAM: 'param';
REPEAT: 'repeat';
OUTPUT: 'output';
RETURN: 'return';
SHARD: 'shard';
AS: 'as';
IN: 'in';
FROM: 'from';
TEXT: 'text';
SHIFT: 'shift';
OVER: 'over';

LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';
LEFT_BRACE: '{';
RIGHT_BRACE: '}';
COMMA: ',';
COLON: ':';
ASSIGN: '=';
ARROW: '->';
ELLIPSIS: '...';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';

NUMBER: DIGITS ('.' DIGITS)? ([eE] [+-]? DIGITS)?;
NAME: [a-zA-Z_] [a-zA-Z0-9_]*;
// `7b`, `1.3b`: the name of a preset, and nothing else.
NUMERIC_NAME: DIGITS ('.' DIGITS)? [a-zA-Z_] [a-zA-Z0-9_]*;

COMMENT: '//' ~[\r\n]* -> channel(HIDDEN);
SPACE: [ \t\r\n\f\uFEFF]+ -> channel(HIDDEN);

// What other languages write. LexicalRepair reports these and puts what was meant in their place.
HASH_COMMENT: '#' ~[\r\n]*;
BLOCK_COMMENT: '/*' .*? ('*/' | EOF);
STRING: '"' ~["\r\n]* '"'? | '\'' ~['\r\n]* '\''?;
SEMICOLON: ';';
EQUALS: '==';
COLON_EQUALS: ':=';
FAT_ARROW: '=>';
AT: '@';
POWER: '**' | '^';
PARTIAL_NUMBER: '.' DIGITS | DIGITS '.';
UNKNOWN: .;

fragment DIGITS: [0-9] ([0-9_]* [0-9])?;
