def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.count('Compiled 1 .opt file to ') == 1
assert log.count('Nothing to compile: the Java of all .opt files is up to date') == 1
assert log.count('Nothing to compile - all classes are up to date') == 1
