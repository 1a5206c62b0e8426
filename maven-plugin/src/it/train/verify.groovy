def log = new File(basedir, 'build.log').getText('UTF-8')

assert log =~ /\[INFO\] start: name RavineMomentum, /
assert log =~ /\[INFO\] result: name RavineMomentum, end finished, /
assert new File(basedir, 'target/model.descent').isFile()
