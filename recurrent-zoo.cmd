@echo off
rem Recurrent Zoo's command line, from a clone of the project: builds the program where it is missing or older than its sources,
rem then runs it. recurrent-zoo --help
setlocal
set "ROOT=%~dp0"
set "PROGRAM=%ROOT%cli\target\recurrent-zoo\bin\recurrent-zoo.cmd"
set "OUTDATED="
if not exist "%PROGRAM%" set "OUTDATED=1"
if not defined OUTDATED for /f %%N in ('powershell -NoProfile -Command "$built = (Get-Item $env:PROGRAM).LastWriteTime; @(@(Get-Item ($env:ROOT + 'pom.xml'), ($env:ROOT + '*\pom.xml')) + @(Get-ChildItem -Recurse -File ($env:ROOT + '*\src\main')) | Where-Object LastWriteTime -gt $built).Count"') do if not "%%N"=="0" set "OUTDATED=1"
if not defined OUTDATED goto run
echo Building the program; this is done once, and after changes. 1>&2
pushd "%ROOT%"
call mvn -B -ntp -q -pl cli -am package -Dmaven.test.skip=true 1>&2
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" exit /b %BUILT%
powershell -NoProfile -Command "(Get-Item $env:PROGRAM).LastWriteTime = Get-Date"
:run
call "%PROGRAM%" %*
exit /b %ERRORLEVEL%
