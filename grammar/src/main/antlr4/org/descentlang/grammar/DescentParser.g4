parser grammar DescentParser;

options { tokenVocab = DescentLexer; }

file : (PACKAGE NAME (DOT NAME)*)? EOF ;
