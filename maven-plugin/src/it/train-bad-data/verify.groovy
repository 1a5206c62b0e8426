def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('line.csv:3')
assert log.contains('three')
assert log.contains('MojoFailureException')
