lexer grammar DescentLexer;

// A number's unit (`100 steps`): the compiler retypes the word when it stands after a number.
tokens { UNIT }

// Declarations
DATA : 'data' ;
MODEL : 'model' ;
LAYER : 'layer' ;
FUNCTION : 'function' ;
LOSS : 'loss' ;
METRIC : 'metric' ;
OPTIMIZER : 'optimizer' ;
CLIP : 'clip' ;
SCHEDULE : 'schedule' ;
INIT : 'init' ;
TRAIN : 'train' ;
PACKAGE : 'package' ;
IMPORT : 'import' ;

// Words that mean something only in their place
ACCUMULATE : 'accumulate' ;
AFTER : 'after' ;
ALL : 'all' ;
ALONG : 'along' ;
AT : 'at' ;
AVERAGE : 'average' ;
BACKWARDS : 'backwards' ;
BATCH : 'batch' ;
BEST : 'best' ;
BIAS : 'bias' ;
CHECKPOINT : 'checkpoint' ;
DEVICE : 'device' ;
DIVIDES : 'divides' ;
EMBEDDING : 'embedding' ;
EMIT : 'emit' ;
EPOCH : 'epoch' ;
EPOCHS : 'epochs' ;
EVERY : 'every' ;
EXAMPLES : 'examples' ;
FREEZE : 'freeze' ;
FROM : 'from' ;
FULL : 'full' ;
GAIN : 'gain' ;
GRADIENT : 'gradient' ;
HIGHEST : 'highest' ;
IN : 'in' ;
INPUT : 'input' ;
KEEP : 'keep' ;
LABELS : 'labels' ;
LAST : 'last' ;
LOWEST : 'lowest' ;
NONE : 'none' ;
NONFINITE : 'nonfinite' ;
ON : 'on' ;
ONCE : 'once' ;
OUTPUT : 'output' ;
PRODUCTS : 'products' ;
RANDOM : 'random' ;
READ : 'read' ;
REQUIRE : 'require' ;
RUNNING : 'running' ;
SCAN : 'scan' ;
SEED : 'seed' ;
SHUFFLE : 'shuffle' ;
SKIP_WORD : 'skip' ;
SPLIT : 'split' ;
STALLS : 'stalls' ;
STATE : 'state' ;
STEPS : 'steps' ;
STOP : 'stop' ;
WEIGHT : 'weight' ;
WHEN : 'when' ;
WHOLE : 'whole' ;
WITH : 'with' ;

// Reserved words: never a name
AND : 'and' ;
ELSE : 'else' ;
FALSE : 'false' ;
FOR : 'for' ;
IF : 'if' ;
MOD : 'mod' ;
NOT : 'not' ;
OR : 'or' ;
RETURN : 'return' ;
THEN : 'then' ;
TRUE : 'true' ;

ARROW : '<-' | '←' ;
ASSIGN : '=' ;
AT_SIGN : '@' ;
CARET : '^' ;
COLON : ':' ;
COMMA : ',' ;
DOT : '.' ;
DOTDOT : '..' ;
EQUAL : '==' ;
GREATER : '>' ;
GREATER_OR_EQUAL : '>=' ;
LEFT_BRACE : '{' ;
LEFT_BRACKET : '[' ;
LEFT_PARENTHESIS : '(' ;
LESS : '<' ;
LESS_OR_EQUAL : '<=' ;
MINUS : '-' ;
NOT_EQUAL : '!=' ;
PERCENT : '%' ;
PIPE : '|>' ;
PLUS : '+' ;
RIGHT_BRACE : '}' ;
RIGHT_BRACKET : ']' ;
RIGHT_PARENTHESIS : ')' ;
SLASH : '/' ;
STAR : '*' ;

NAME : LETTER TAIL* ;
NUMBER : DIGITS ('.' DIGITS)? ([eE] [+-]? DIGITS)? ;
TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;

SPACE : [ \t\r\n\f\uFEFF\u00A0]+ -> channel(HIDDEN) ;
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
COMMENT : '/*' .*? '*/' -> channel(HIDDEN) ;

// What is wrong already as a word: the compiler says how.
BAD_NUMBER : DIGITS ('.' DIGITS)? LETTER TAIL* ;
UNTERMINATED_TEXT : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
UNTERMINATED_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'* ;
UNEXPECTED : . ;

fragment DIGITS : [0-9]+ ;
fragment LETTER : [\p{L}\p{Nl}_] ;
fragment TAIL : [\p{L}\p{Nl}\p{M}\p{Nd}_\u2080-\u2089] ;
