lexer grammar DescentLexer;

PACKAGE : 'package' ;
NAME : [A-Za-z_] [A-Za-z0-9_]* ;
DOT : '.' ;
SPACE : [ \t\r\n]+ -> channel(HIDDEN) ;
