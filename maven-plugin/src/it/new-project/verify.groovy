def flowers = new File(basedir, 'flowers')
def report = new File(flowers, 'target/surefire-reports/flowers.KindsTest.txt').text
assert report.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
assert new File(flowers, 'target/flowers-1.0-SNAPSHOT.jar').isFile()

// The goal that `descent new` names.
def log = new File(basedir, 'build.log').getText('UTF-8')
assert new File(flowers, 'target/model.descent').length() > 0
assert log.contains('BUILD SUCCESS')
