// The command as it is distributed; it finds its JDK by itself.
def root = new File(basedir, '../../../..').canonicalFile
def command = new File(root, 'runtime/cli/target/descent/bin/descent')
def process = new ProcessBuilder('/bin/sh', command.path, 'new', 'flowers').directory(basedir).inheritIO().start()
assert process.waitFor() == 0

def page = new File(root, 'docs/maven-plugin.md').getText('UTF-8')
def documented = (page =~ /(?s)```xml\n(.*?)```/)[0][1]
def pom = new File(basedir, 'flowers/pom.xml')
assert pom.getText('UTF-8') == documented : 'the first pom in docs/maven-plugin.md is not what `descent new flowers` writes'
pom.setText(documented, 'UTF-8')
return true
