def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('Compiled 1 .opt file to ' + new File(basedir, 'target/made').canonicalPath)
assert new File(basedir, 'target/made/race/RavineMomentum.java').isFile()
assert new File(basedir, 'target/classes/race/RavineMomentum.class').isFile()
assert !new File(basedir, 'target/generated-sources/opt').exists()
