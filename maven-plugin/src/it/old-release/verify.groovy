def log = new File(basedir, 'build.log').getText('UTF-8')
assert log.contains('The Java generated from .opt files needs release 25, but maven.compiler.release is 17: '
        + 'remove it, or set it to 25')
