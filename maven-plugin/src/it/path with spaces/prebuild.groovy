import java.nio.file.Files

def module = new File(basedir, 'wei\u00df \u6570 \u03b8')
def sources = new File(module, 'src/main/opt/gr\u00f6\u00dfe und \u03b8')
sources.mkdirs()
Files.copy(new File(basedir, 'template/pom.xml').toPath(), new File(module, 'pom.xml').toPath())
Files.copy(new File(basedir, 'template/race.opt').toPath(), new File(sources, 'the race.opt').toPath())
