@echo off
rem Runs a task: unroll TASK VERB [OPTIONS] [ARGS]. Builds it on first use and when its sources are newer.
setlocal enableextensions
set "root=%~dp0"
set "root=%root:~0,-1%"
if not defined unroll_gpu set "unroll_gpu=cpu"
if not "%~1"=="--backend" goto chosen
set "unroll_gpu="
if "%~2"=="cpu" set "unroll_gpu=cpu"
if "%~2"=="cuda" set "unroll_gpu=cuda"
if "%~2"=="cuda-redist" set "unroll_gpu=cuda-redist"
if not defined unroll_gpu (echo error: there is no backend "%~2"; backends: cpu, cuda, cuda-redist 1>&2 & exit /b 2)
for /f "tokens=1,2,*" %%a in ("%*") do set "after=%%c"
call "%~f0" %after%
exit /b %errorlevel%
:chosen
if "%~1"=="" (call :help 1>&2 & exit /b 2)
if "%~1"=="--help" (call :help & exit /b 0)
if "%~1"=="-h" (call :help & exit /b 0)
if "%~1"=="help" goto helping
if "%~1"=="demo" goto demo
if "%~1"=="completion" goto unix
if "%~1"=="manual" goto unix
set "wanted=%~1"
if "%~1"=="--version" set "wanted=doctor"
call :find "%wanted%"
if not defined main (echo error: there is no task "%~1"; see unroll --help 1>&2 & exit /b 2)
call :prepare "%module%" || exit /b 1
set "verb=%~2"
rem Everything after the first word; for --version that word itself.
if "%~1"=="--version" (call :java --version & goto leave)
for /f "tokens=1,*" %%a in ("%*") do set "rest=%%b"
call :java %rest%
:leave
exit /b %errorlevel%

:helping
if "%~2"=="" (call :help & exit /b 0)
call :find "%~2"
if not defined main (echo error: there is no task "%~2"; see unroll --help 1>&2 & exit /b 2)
call :prepare "%module%" || exit /b 1
set "verb="
if "%~2"=="%module%" (call :java help %~3) else (call :java --help)
exit /b %errorlevel%

:demo
set "shown="
for /f "tokens=3 delims=<>" %%t in ('findstr /c:"<module>" "%root%\pom.xml"') do call :demo_one "%%t" || exit /b 1
if not defined shown (echo error: there is no task to show 1>&2 & exit /b 1)
exit /b 0

:demo_one
call :read "%~1"
if not defined main exit /b 0
if not "%module:\=%"=="%module%" exit /b 0
set "shown=true"
set "verb=demo"
call :prepare "%module%" || exit /b 1
call :java demo
exit /b %errorlevel%

rem They are for bash, zsh and man, and whoever has these has a shell for the other launcher.
:unix
echo error: %~1 is for bash, zsh and man; from such a shell call ./unroll %~1 1>&2
exit /b 2

rem A task is a module of the root POM whose own POM names a main class; those below modules have no verbs.
:find
set "found="
for /f "tokens=3 delims=<>" %%t in ('findstr /c:"<module>" "%root%\pom.xml"') do call :match "%%t" "%~1"
if not defined found for /f "tokens=3 delims=<>" %%t in ('findstr /c:"<module>" "%root%\pom.xml"') do call :match_command "%%t" "%~1"
call :read "%found%"
exit /b 0

:match
for %%n in ("%~1") do if "%%~nxn"=="%~2" set "found=%~1"
exit /b 0

rem A module may be called otherwise than its folder; only its POM says so, and each is a process to ask.
:match_command
set "pom=%root%\%~1\pom.xml"
set "pom=%pom:/=\%"
findstr /c:"<unroll.command>%~2</unroll.command>" "%pom%" >nul 2>nul && set "found=%~1"
exit /b 0

rem What the POM of a module says: its main class and description.
:read
set "main="
set "description="
set "module=%~1"
if not defined module exit /b 0
set "module=%module:/=\%"
if not exist "%root%\%module%\pom.xml" exit /b 0
for /f "tokens=3 delims=<>" %%m in ('findstr /c:"<unroll.main>" "%root%\%module%\pom.xml"') do set "main=%%m"
for /f "tokens=3 delims=<>" %%m in ('findstr /c:"<description>" "%root%\%module%\pom.xml"') do set "description=%%m"
exit /b 0

:prepare
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -version >nul 2>nul || (echo error: no java found; install a JDK, 17 or newer, or set JAVA_HOME to one 1>&2 & exit /b 1)
rem Newer ones warn of native code, and of what Deeplearning4j and its friends do in memory. The file beside a Java names its version.
set "java_flags="
set "version=0"
if defined JAVA_HOME for /f "tokens=2 delims==" %%v in ('findstr /b JAVA_VERSION= "%JAVA_HOME%\release" 2^>nul') do set "version=%%~v"
for /f "delims=." %%m in ("%version%") do set "version=%%m"
if %version% geq 24 set "java_flags=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
set "list=%root%\%~1\target\classpath.txt"
set "modules=%~1"
set "profile="
set "gpu_list="
if "%unroll_gpu%"=="cuda" set "profile=-Pcudnn"
if "%unroll_gpu%"=="cuda" set "gpu_list=%root%\modules\cuda\target\classpath.txt"
if "%unroll_gpu%"=="cuda-redist" set "profile=-Pcudnn-redist"
if "%unroll_gpu%"=="cuda-redist" set "gpu_list=%root%\modules\cuda\target\classpath-redist.txt"
if defined profile set "modules=%~1,modules/cuda"
if defined gpu_list if not exist "%gpu_list%" goto build
call :is_built "%~1" && goto built
:build
where mvn >nul 2>nul || (echo error: Maven ^(mvn^) is needed to build and was not found; install it 1>&2 & exit /b 1)
echo building... 1>&2
set "module_path=%modules%"
pushd "%root%"
call mvn -q -B -DskipTests -Dspotless.check.skip %profile% -pl "%module_path:\=/%" -am package 1>&2
if errorlevel 1 (popd & echo error: the build failed, see above 1>&2 & exit /b 1)
popd
:built
rem By the environment, since a command line may not be as long as a class path.
for %%n in ("%~1") do set "name=%%~nxn"
for /f "usebackq delims=" %%c in ("%list%") do set "CLASSPATH=%root%\%~1\target\unroll-%name%.jar;%%c"
call :write_verbs "%~1"
if defined gpu_list for /f "usebackq delims=" %%c in ("%gpu_list%") do call set "CLASSPATH=%%CLASSPATH%%;%root%\modules\cuda\target\unroll-cuda.jar;%%c"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if defined gpu_list if not defined CUBLAS_WORKSPACE_CONFIG set "CUBLAS_WORKSPACE_CONFIG=:4096:2"
exit /b 0

:is_built
if not exist "%list%" exit /b 1
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath '%list%').LastWriteTime; $newer = Get-ChildItem -Recurse -File '%root%\pom.xml', '%root%\modules', '%root%\%~1' | Where-Object { $_.FullName -notmatch '\\(target|src\\test)\\' -and $_.LastWriteTime -gt $built } | Select-Object -First 1; if ($newer) { exit 1 }"
exit /b %errorlevel%

rem What the help says of a module, once for each build.
:write_verbs
set "verbs=%root%\%~1\target\verbs.txt"
powershell -NoProfile -Command "if ((Test-Path -LiteralPath '%verbs%') -and (Get-Item -LiteralPath '%verbs%').LastWriteTime -ge (Get-Item -LiteralPath '%list%').LastWriteTime) { exit 1 }"
if errorlevel 1 exit /b 0
"%java%" dev.unroll.cli.Verbs %main% >"%verbs%" 2>nul
exit /b 0

:java
set "special="
rem Options of Java for one verb, or for what has none.
for /f "tokens=3 delims=<>" %%o in ('findstr /c:"<unroll.java>" /c:"<unroll.java.%verb%>" "%root%\%module%\pom.xml"') do set "special=%%o"
rem Of Linux alone.
if defined special set "special=%special: -XX:+UseTransparentHugePages=%"
"%java%" -XX:+UseSerialGC -Xms64m -XX:MaxRAMPercentage=40 -Dfile.encoding=UTF-8 %java_flags% %special% %UNROLL_JAVA_OPTS% %main% %*
exit /b %errorlevel%

:help
echo Usage: unroll TASK VERB [OPTIONS] [ARGS]
echo.
echo Tasks and their verbs (unroll TASK VERB --help tells more):
for /f "tokens=3 delims=<>" %%t in ('findstr /c:"<module>" "%root%\pom.xml"') do call :describe "%%t"
echo.
echo Without a task: demo, doctor, serve, --version, --help
echo First of all: --backend cpu, cuda or cuda-redist: recurrent layers on the processor or on an NVIDIA GPU ^(not tested yet^)
echo Environment: JAVA_HOME, UNROLL_JAVA_OPTS
exit /b 0

:describe
call :read "%~1"
if not defined main exit /b 0
for %%n in ("%module%") do echo   %%~nxn: %description%
if exist "%root%\%module%\target\verbs.txt" for /f "usebackq delims=" %%v in ("%root%\%module%\target\verbs.txt") do echo       %%v
exit /b 0
