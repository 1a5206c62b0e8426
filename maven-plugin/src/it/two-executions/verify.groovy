def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.count('Compiled 1 .opt file to ') == 2
assert log.count('Nothing to compile: the Java of all .opt files is up to date') == 2
assert new File(basedir, 'target/classes/race/RavineMomentum.class').isFile()
assert new File(basedir, 'target/classes/valley/ValleyMomentum.class').isFile()
