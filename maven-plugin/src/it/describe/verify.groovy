def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('Ravine')
assert log.contains('update rule')
assert log.contains('optimizer.lr')
