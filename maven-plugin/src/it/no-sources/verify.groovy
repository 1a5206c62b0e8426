def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('No .opt files in ' + new File(basedir, 'src/main/opt').canonicalPath)
assert log.contains('No .opt files in ' + new File(basedir, 'src/test/opt').canonicalPath)
assert !new File(basedir, 'target/generated-sources').exists()
