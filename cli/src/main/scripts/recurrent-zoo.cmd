@echo off
rem The launcher of Recurrent Zoo. RECURRENT_ZOO_OPTS gives options to the Java machine, such as -Xmx4g.
setlocal
set "LIB=%~dp0..\lib"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not defined OMP_NUM_THREADS set OMP_NUM_THREADS=1
rem What only asks a model is done before the larger of Java's two compilers has paid for itself.
set "COMPILER=-XX:TieredStopAtLevel=1"
for %%C in (train fine-tune compare evaluate generate preset) do if /i "%~1"=="%%C" set "COMPILER="
"%JAVA%" %COMPILER% %RECURRENT_ZOO_OPTS% -cp "%LIB%\*" io.github.recurrentzoo.cli.RecurrentZoo %*
exit /b %ERRORLEVEL%
