@echo off
rem The `descent` command on Windows: takes the JDK of JAVA_HOME, or the java on the PATH, which must be 25 or newer.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "flags=-XX:+UseSerialGC"
if "%~1"=="train" (
    set "flags=%flags% -Xmn64m --add-modules=jdk.incubator.vector"
) else if not "%~1"=="evaluate" (
    set "flags=%flags% -XX:TieredStopAtLevel=1"
)
"%java%" %flags% --enable-native-access=ALL-UNNAMED -cp "%home%\lib\*" org.descentlang.cli.Main %*
exit /b %ERRORLEVEL%
