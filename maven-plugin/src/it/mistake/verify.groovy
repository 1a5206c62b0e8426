def log = new File(basedir, 'build.log').getText('UTF-8')

def file = new File(basedir, 'src/main/opt/race.opt').canonicalPath
def line = log.readLines().find { it.contains("${file}:[5,27] D101: ") }
assert line != null && line.startsWith('[ERROR] ')
assert log.contains('1 error, shown above')
assert log.contains('MojoFailureException')
assert !new File(basedir, 'target/generated-sources/opt').exists()
