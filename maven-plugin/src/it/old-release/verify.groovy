def log = new File(basedir, 'build.log').getText('UTF-8')
assert log.contains('The Java that is made of .opt files needs release 25, and maven.compiler.release is 17: '
        + 'leave it out, or say 25')
