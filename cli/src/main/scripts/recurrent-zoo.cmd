@echo off
rem The launcher of Recurrent Zoo. RECURRENT_ZOO_OPTS gives options to the Java machine, such as -Xmx4g.
setlocal
set "LIB=%~dp0..\lib"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not defined OMP_NUM_THREADS set OMP_NUM_THREADS=1
rem JavaCPP uses what Java 24 and later warn of, and earlier ones refuse the options against it. The file "release" says which
rem Java it is; to ask Java itself takes a start of it.
set "VERSION=0"
if defined JAVA_HOME if exist "%JAVA_HOME%\release" for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%JAVA_HOME%\release"') do set "VERSION=%%~V"
if "%VERSION%"=="0" for /f "tokens=2,3" %%A in ('call "%JAVA%" -version 2^>^&1') do if "%%A"=="version" for /f "delims=." %%N in ("%%~B") do set "VERSION=%%N"
set "VERSION=%VERSION:"=%"
set "QUIET="
if %VERSION% GEQ 24 set "QUIET=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
rem What only asks a model is done before the larger of Java's two compilers has paid for itself.
set "COMPILER=-XX:TieredStopAtLevel=1"
for %%C in (train fine-tune compare evaluate generate preset) do if /i "%~1"=="%%C" set "COMPILER="
"%JAVA%" %QUIET% %COMPILER% %RECURRENT_ZOO_OPTS% -cp "%LIB%\*" io.github.recurrentzoo.cli.RecurrentZoo %*
exit /b %ERRORLEVEL%
