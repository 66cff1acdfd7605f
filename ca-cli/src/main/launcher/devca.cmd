@echo off
rem Starts devca with the first Java found: DEVCA_JAVA, a JAVA_HOME of 17 or more, java on the PATH.
rem Without blocks: a bracket in a path, as in "Program Files (x86)", would end one.
setlocal
set "app=%~dp0.."

if not defined DEVCA_JAVA goto home
set "java=%DEVCA_JAVA%"
if exist "%DEVCA_JAVA%\bin\java.exe" set "java=%DEVCA_JAVA%\bin\java.exe"
if exist "%java%" goto run
>&2 echo devca: cannot start: DEVCA_JAVA is "%DEVCA_JAVA%", where there is no java
>&2 echo Try: set DEVCA_JAVA=
exit /b 1

:home
if not defined JAVA_HOME goto path
if not exist "%JAVA_HOME%\bin\java.exe" goto path
if not exist "%JAVA_HOME%\release" goto path
set "version=0"
for /f "usebackq tokens=1,2 delims==." %%k in ("%JAVA_HOME%\release") do if "%%k"=="JAVA_VERSION" set version=%%l
set version=%version:"=%
if %version% lss 17 goto path
set "java=%JAVA_HOME%\bin\java.exe"
goto run

:path
set "java="
for %%j in (java.exe) do set "java=%%~$PATH:j"
if defined java goto run
>&2 echo devca: cannot start: there is no Java
>&2 echo Try: install a JDK 17 or later, or set JAVA_HOME
exit /b 1

:run
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -XX:-UsePerfData -Djna.nosys=true "-Ddevca.launcher=%~f0" -cp "%app%\lib\devca-@JAR_HASH@.jar;%app%\lib\ext\*" dev.devca.cli.Main %*
exit /b %ERRORLEVEL%
