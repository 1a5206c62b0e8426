def log = new File(basedir, 'build.log').getText('UTF-8')

def maven = Integer.parseInt((log =~ /Java version: (\d+)/)[0][1])
def started = (log =~ /java=(\S+?)\/bin\/java,/)[0][1]
def version = Integer.parseInt((new File(started, 'release').text =~ /JAVA_VERSION="(\d+)/)[0][1])
println "Maven ran on Java ${maven} and the plugin started Java ${version}"
assert version >= 25
assert log.contains('No errors in 1 .opt file')
