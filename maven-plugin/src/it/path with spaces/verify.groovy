def log = new File(basedir, 'build.log').getText('UTF-8')

def module = new File(basedir, 'wei\u00df \u6570 \u03b8')
assert log.contains('Compiled 1 .opt file to ' + new File(module, 'target/generated-sources/opt').canonicalPath)
assert new File(module, 'target/classes/race/RavineMomentum.class').isFile()
