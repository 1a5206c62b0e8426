def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.count('Compiled 1 .opt file to ') == 2
assert log.count('Nothing to compile: the Java of all .opt files is up to date') == 1
def java = new File(basedir, 'target/generated-sources/opt/race/RavineMomentumProgram.java').getText('UTF-8')
assert java.contains('0.03') && !java.contains('0.02')
