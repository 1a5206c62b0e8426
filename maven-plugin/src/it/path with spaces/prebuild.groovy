def module = new File(basedir, 'wei\u00df \u6570 \u03b8')
def sources = new File(module, 'src/main/opt/gr\u00f6\u00dfe und \u03b8')
sources.mkdirs()
new File(module, 'pom.xml').bytes = new File(basedir, 'template/pom.xml').bytes
new File(sources, 'the race.opt').bytes = new File(basedir, 'template/race.opt').bytes
return true
