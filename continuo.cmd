@echo off
rem Runs Continuo from its sources: builds it on first use and whenever a source is newer than the build.
setlocal
set "ROOT=%~dp0"
set "TARGET=%ROOT%core\distribution\target"
set "BUILT=%TARGET%\continuo\continuo.jsa"
set "LOG=%TARGET%\build.log"

powershell -NoProfile -Command "if (-not (Test-Path $env:BUILT)) { exit 1 }; $built = (Get-Item $env:BUILT).LastWriteTime; $newer = Get-ChildItem -Recurse -File (@('pom.xml','api','core','plugins','baselines') | ForEach-Object { $env:ROOT + $_ }) | Where-Object { $path = $_.FullName.Substring($env:ROOT.Length); $_.LastWriteTime -gt $built -and $path -notmatch '\\target\\' -and ($_.Name -eq 'pom.xml' -or $path -match '\\src\\main\\') } | Select-Object -First 1; if ($newer) { exit 1 }"
if not errorlevel 1 goto run

echo continuo: building (log: %LOG%)>&2
if not exist "%TARGET%" mkdir "%TARGET%"
if exist "%BUILT%" del /f "%BUILT%"
pushd "%ROOT%"
call mvnw.cmd -B -ntp -Dmaven.test.skip=true -pl core/distribution -am package >"%LOG%" 2>&1
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
  findstr /c:"ERROR" "%LOG%" >&2
  echo continuo: the build failed; mend what %LOG% reports, then start again>&2
  exit /b 1
)

:run
call "%TARGET%\continuo\bin\continuo.cmd" %*
exit /b %ERRORLEVEL%
