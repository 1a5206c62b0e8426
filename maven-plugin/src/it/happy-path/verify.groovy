def log = new File(basedir, 'build.log').getText('UTF-8')

assert log.contains('Compiled 1 .opt file to ')
for (name in ['generated-sources/opt/race/Ravine.java',
              'generated-sources/opt/race/RavineMomentum.java',
              'classes/race/RavineMomentum.class',
              'classes/race/Main.class',
              'generated-test-sources/opt/race/trial/TrialMomentum.java',
              'test-classes/race/trial/Trials.class']) {
    assert new File(basedir, "target/${name}").isFile() : name
}

// The command keeps its classes for the next start, in the background.
def caches = new File(basedir, '../../it-cache/descent')
def end = System.currentTimeMillis() + 300_000
def made = { caches.listFiles()?.any { it.name.startsWith('maven-') && it.list()?.any { name -> name.endsWith('.aot') } } }
while (!made() && System.currentTimeMillis() < end) {
    sleep 500
}
assert made()
