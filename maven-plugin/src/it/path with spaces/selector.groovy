// Where the system's encoding has no such letters, Java cannot name such files at all.
return java.nio.charset.Charset.forName(System.getProperty('sun.jnu.encoding')).newEncoder().canEncode('\u00df\u6570\u03b8')
