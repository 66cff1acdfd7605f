@echo off
rem Starts devca with the first Java found: DEVCA_JAVA, JAVA_HOME, java on the PATH.
setlocal
set "app=%~dp0.."
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if defined DEVCA_JAVA set "java=%DEVCA_JAVA%"
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -XX:-UsePerfData -Dsun.jnu.encoding=UTF-8 -Djna.nosys=true "-Ddevca.launcher=%app%\bin\devca.cmd" -cp "%app%\lib\devca-@JAR_HASH@.jar;%app%\lib\ext\*" dev.devca.cli.Main %*
exit /b %ERRORLEVEL%
