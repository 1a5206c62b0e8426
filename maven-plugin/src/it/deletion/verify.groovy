def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('Compiled 2 .opt files to ')
assert log.contains('Compiled 1 .opt file to ')
def made = new File(basedir, 'target/generated-sources/opt')
assert new File(made, 'race/RavineMomentum.java').isFile()
assert !new File(made, 'valley').exists()
assert !new File(basedir, 'target/classes/valley/ValleyMomentum.class').exists()
