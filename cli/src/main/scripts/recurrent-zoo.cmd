@echo off
rem The launcher of Recurrent Zoo. RECURRENT_ZOO_OPTS gives options to the Java machine, such as -Xmx4g.
setlocal
set "LIB=%~dp0..\lib"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not defined OMP_NUM_THREADS set OMP_NUM_THREADS=1
"%JAVA%" %RECURRENT_ZOO_OPTS% -cp "%LIB%\*" io.github.recurrentzoo.cli.RecurrentZoo %*
exit /b %ERRORLEVEL%
