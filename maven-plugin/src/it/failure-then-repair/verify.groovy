def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.count('[5,27] D101: ') == 2
assert log.count('Compiled 1 .opt file to ') == 2
def java = new File(basedir, 'target/generated-sources/opt/race/RavineMomentumProgram.java').getText('UTF-8')
assert java.contains('0.005')
