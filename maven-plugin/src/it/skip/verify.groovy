def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.count('Skipped: descent.skip is true') == 3
assert !new File(basedir, 'target/generated-sources').exists()
