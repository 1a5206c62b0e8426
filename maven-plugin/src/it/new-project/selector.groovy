// Starts the script for sh.
return new File('/bin/sh').canExecute()
