def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('numbers/line.csv:[3] column ')
assert log.contains('three')
assert log.contains('MojoFailureException')
