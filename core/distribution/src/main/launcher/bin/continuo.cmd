@echo off
rem Runs Continuo from the folder this file was installed in. Extra JVM options: CONTINUO_JAVA_OPTS.
setlocal
for %%I in ("%~dp0..") do set "INSTALLED=%%~fI"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")

set "ANSWER=%TEMP%\continuo-java-%RANDOM%.txt"
"%JAVA%" -version >"%ANSWER%" 2>&1
set "VERSION=none that runs"
for /f "usebackq tokens=2,3" %%A in ("%ANSWER%") do if "%%A"=="version" set "VERSION=%%~B"
del "%ANSWER%"
set "MAJOR=0"
for /f "tokens=1,2 delims=.-+_" %%A in ("%VERSION%") do if "%%A"=="1" (set "MAJOR=%%B") else (set "MAJOR=%%A")
if "%VERSION%"=="none that runs" set "MAJOR=0"
if %MAJOR% LSS 17 (
  echo continuo: no Java that is new enough>&2
  echo   found:    %VERSION% as "%JAVA%">&2
  echo   expected: Java 17 or newer>&2
  echo   fix:      install a JDK 17 or newer from https://adoptium.net and set JAVA_HOME to it>&2
  exit /b 2
)

set "NEWER_OPTIONS="
if %MAJOR% GEQ 24 set NEWER_OPTIONS="@%INSTALLED%\jvm-24.options"
"%JAVA%" "@%INSTALLED%\jvm.options" %NEWER_OPTIONS% "-XX:SharedArchiveFile=%INSTALLED%\continuo.jsa" "-Dcontinuo.home=%INSTALLED%" "-Donnxruntime.native.path=%INSTALLED%\engines\onnxruntime" %CONTINUO_JAVA_OPTS% --module-path "%INSTALLED%\lib" --class-path "%INSTALLED%\native\*;%INSTALLED%\maven\*" --module org.continuo.cli/org.continuo.cli.Main %*
exit /b %ERRORLEVEL%
