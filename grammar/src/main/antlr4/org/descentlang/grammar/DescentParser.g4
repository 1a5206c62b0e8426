parser grammar DescentParser;

options { tokenVocab = DescentLexer; }

// A file is a header and declarations; the compiler cuts it there, so that a mistake in one does not reach the next.

header : packageClause? importClause* EOF ;
packageClause : PACKAGE packagePart (DOT packagePart)* ;
packagePart : name | reserved ;
importClause : IMPORT TEXT ;

declarationUnit : declaration EOF ;

declaration
    : DATA name LEFT_BRACE dataClause* RIGHT_BRACE       # dataDeclaration
    | TRAIN name LEFT_BRACE trainClause* RIGHT_BRACE     # trainDeclaration
    | kind name parameters? (COLON type)? direction? requirements? (ASSIGN expression | block) # definition
    ;

kind : FUNCTION | LAYER | MODEL | LOSS | METRIC | OPTIMIZER | CLIP | SCHEDULE | INIT ;
// Which values of a metric are better.
direction : LOWEST | HIGHEST ;
parameters : LEFT_PARENTHESIS (parameter (COMMA parameter)* COMMA?)? RIGHT_PARENTHESIS ;
parameter : name (COLON type)? (ASSIGN expression)? ;

requirements : REQUIRE requirement (COMMA requirement)* ;
requirement : WHOLE name | bound DIVIDES bound | bound (order bound)+ ;
bound : MINUS? NUMBER PERCENT? | name ;
order : LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL ;

type : name (LEFT_BRACKET (dimension (COMMA dimension)*)? RIGHT_BRACKET)? ;
dimension : DOTDOT | expression ;

// data

dataClause
    : files                                              # from
    | (NAME | TRAIN) files                               # splitFrom
    | RANDOM name COLON type distribution                # randomField
    | EXAMPLES count                                     # examples
    | SPLIT part (COMMA part)* (SEED count)?             # split
    | name (COLON type)? ASSIGN expression               # field
    ;

files : FROM TEXT (LABELS TEXT)? ;
distribution : name arguments ;
part : name NUMBER PERCENT? ;

// A bare number, so that the next word is not its unit.
count : MINUS? NUMBER ;

// train

trainClause
    : MODEL name arguments?                              # modelClause
    | DATA name                                          # dataSourceClause
    | LOSS expression                                    # lossClause
    | METRIC expression                                  # metricClause
    | OPTIMIZER name arguments? settings?                # optimizerClause
    | SCHEDULE path ASSIGN expression                    # scheduleClause
    | CLIP name arguments?                               # clipClause
    | BATCH (FULL | count) (ACCUMULATE count)?           # batchClause
    | EPOCHS count                                       # epochsClause
    | STEPS count                                        # stepsClause
    | SHUFFLE (EVERY EPOCH | ONCE | NONE)               # shuffleClause
    | STOP WHEN stopCondition                            # stopClause
    | KEEP BEST direction? path                               # keepClause
    | CHECKPOINT EVERY duration (KEEP LAST count)?       # checkpointClause
    | AVERAGE name arguments?                            # averageClause
    | SEED count                                         # seedClause
    | DEVICE (name | TEXT) deviceSettings?               # deviceClause
    | ON NONFINITE (STOP | SKIP_WORD)                    # nonfiniteClause
    ;

settings : LEFT_BRACE setting* RIGHT_BRACE ;
setting
    : FOR selectors LEFT_BRACE (binding COMMA?)* RIGHT_BRACE # groupSetting
    | FREEZE selectors                                   # freezeSetting
    ;
selectors : selector (COMMA selector)* ;
selector : selectorPart (DOT selectorPart)* ;
selectorPart : name | NUMBER | STAR ;

deviceSettings : LEFT_BRACE deviceSetting* RIGHT_BRACE ;
deviceSetting : PRODUCTS IN name | READ LOSS EVERY duration ;

stopCondition
    : LEFT_PARENTHESIS stopCondition RIGHT_PARENTHESIS   # groupedCondition
    | stopCondition AND stopCondition                    # bothConditions
    | stopCondition OR stopCondition                     # eitherCondition
    | AFTER duration                                     # afterCondition
    | path (STALLS FOR duration | comparison threshold)  # metricCondition
    | direction path STALLS FOR duration                 # metricCondition
    ;
duration : NUMBER UNIT? ;
threshold : count | path ;

// Bodies

block : LEFT_BRACE statement* RIGHT_BRACE ;

statement
    : role name COLON type (ASSIGN expression)?          # parameterStatement
    | RUNNING name COLON type ASSIGN expression          # runningStatement
    | INPUT name COLON type                              # inputStatement
    | OUTPUT name (COLON type)? ASSIGN expression        # outputStatement
    | RETURN expressions                                 # returnStatement
    | EMIT expressions                                   # emitStatement
    | IF expression block (ELSE IF expression block)* (ELSE block)? # ifStatement
    | FOR name IN expression DOTDOT expression block     # forStatement
    | STATE binding (COMMA binding)*                     # stateStatement
    | GRADIENT AT expression                             # gradientStatement
    | setting                                            # settingStatement
    | name (ARROW | (COMMA name)* ASSIGN) expression     # letStatement
    ;

role : WEIGHT | BIAS | GAIN | EMBEDDING ;
binding : name ASSIGN expression ;
sequence : name IN expression ;

// Expressions

expressions : expression (COMMA expression)* ;

expression
    : primary                                            # primaryExpression
    | expression LEFT_BRACKET subscript (COMMA subscript)* RIGHT_BRACKET # index
    | <assoc = right> expression CARET expression        # binary
    | MINUS expression                                   # unary
    | expression (STAR | SLASH | AT_SIGN | MOD) expression # binary
    | expression (PLUS | MINUS) expression               # binary
    | expression comparison expression                   # compare
    | NOT expression                                     # unary
    | expression AND expression                          # binary
    | expression OR expression                           # binary
    | expression PIPE name arguments?                    # pipe
    | expression THEN expression                         # then
    ;

comparison : EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL ;

primary
    : NUMBER (PERCENT | UNIT)?                           # number
    | TEXT                                               # text
    | (TRUE | FALSE)                                     # truth
    | SCAN sequence (COMMA sequence)* ALONG (name | MINUS? NUMBER) BACKWARDS? (WITH binding (COMMA binding)*)? block # scan
    | name arguments                                     # call
    | path                                               # reference
    | LEFT_PARENTHESIS expression RIGHT_PARENTHESIS DOT name # member
    | LEFT_PARENTHESIS expression (COMMA expression)* RIGHT_PARENTHESIS # parenthesized
    | LEFT_BRACKET (expression (COMMA expression)* COMMA?)? RIGHT_BRACKET # array
    ;

path : name (DOT name)* ;

arguments : LEFT_PARENTHESIS (argument (COMMA argument)* COMMA?)? RIGHT_PARENTHESIS ;
argument : (name ASSIGN)? value ;
value
    : ALL name                                           # allValue
    | DOTDOT                                             # leadingValue
    | expression (DOTDOT expression)?                    # plainValue
    ;

subscript
    : expression                                         # position
    | expression? DOTDOT expression?                     # between
    ;

// Every word that is not reserved may be a name.
name
    : NAME | DATA | MODEL | LAYER | FUNCTION | LOSS | METRIC | OPTIMIZER | CLIP | SCHEDULE | INIT | TRAIN | PACKAGE | IMPORT
    | ACCUMULATE | AFTER | ALL | ALONG | AT | AVERAGE | BACKWARDS | BATCH | BEST | BIAS | CHECKPOINT | DEVICE | DIVIDES | EMBEDDING | EMIT | EPOCH
    | EPOCHS | EVERY | EXAMPLES | FREEZE | FROM | FULL | GAIN | GRADIENT | HIGHEST | IN | INPUT | KEEP | LABELS | LAST | LOWEST | NONE
    | NONFINITE | ON | ONCE | OUTPUT | PRODUCTS | RANDOM | READ | REQUIRE | RUNNING | SCAN | SEED | SHUFFLE | SKIP_WORD | SPLIT | STALLS | STATE
    | STEPS | STOP | WEIGHT
    | WHEN | WHOLE | WITH
    ;

reserved : AND | ELSE | FALSE | FOR | IF | MOD | NOT | OR | RETURN | THEN | TRUE ;
