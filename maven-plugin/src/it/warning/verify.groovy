def log = new File(basedir, 'build.log').getText('UTF-8')

def file = new File(basedir, 'src/main/opt/race.opt').canonicalPath
def line = log.readLines().find { it.contains("${file}:[12,") }
assert line != null && line.startsWith('[WARNING] ') && line =~ /\] D3\d\d: /
assert log.contains('No errors in 1 .opt file')
