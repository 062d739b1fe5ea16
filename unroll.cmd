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
if "%~1"=="demo" goto demo
set "module=%~1"
if "%~1"=="doctor" set "module=modules\doctor"
if "%~1"=="--version" set "module=modules\doctor"
call :main_class "%module%"
if not defined main (echo error: there is no task "%~1"; see unroll --help 1>&2 & exit /b 2)
call :prepare "%module%" || exit /b 1
set "first=%~1"
rem Everything after the first word; for --version that word itself.
if "%first%"=="--version" (call :java --version & goto leave)
for /f "tokens=1,*" %%a in ("%*") do set "rest=%%b"
call :java %rest%
:leave
exit /b %errorlevel%

:demo
set "shown="
for %%t in (sentiment ner charlm embeddings) do (
  call :main_class "%%t"
  call :demo_one "%%t" || exit /b 1
)
if not defined shown (echo error: there is no task to show 1>&2 & exit /b 1)
exit /b 0

:demo_one
if not defined main exit /b 0
set "shown=true"
call :prepare "%~1" || exit /b 1
call :java demo
exit /b %errorlevel%

rem A task exists where its main class does.
:main_class
set "main="
if "%~1"=="sentiment" set "main=dev.unroll.sentiment.Sentiment"
if "%~1"=="ner" set "main=dev.unroll.ner.Ner"
if "%~1"=="charlm" set "main=dev.unroll.charlm.CharLm"
if "%~1"=="embeddings" set "main=dev.unroll.embeddings.Embeddings"
if "%~1"=="modules\doctor" set "main=dev.unroll.doctor.Doctor"
if not defined main exit /b 0
set "source=%root%\%~1\src\main\java\%main:.=\%.java"
if not exist "%source%" set "main="
exit /b 0

:prepare
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -version >nul 2>nul || (echo error: no java found; install a JDK, 17 or newer, or set JAVA_HOME to one 1>&2 & exit /b 1)
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
if defined gpu_list for /f "usebackq delims=" %%c in ("%gpu_list%") do call set "CLASSPATH=%%CLASSPATH%%;%root%\modules\cuda\target\unroll-cuda.jar;%%c"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
exit /b 0

:is_built
if not exist "%list%" exit /b 1
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath '%list%').LastWriteTime; $newer = Get-ChildItem -Recurse -File '%root%\pom.xml', '%root%\modules', '%root%\%~1' | Where-Object { $_.FullName -notmatch '\\(target|src\\test)\\' -and $_.LastWriteTime -gt $built } | Select-Object -First 1; if ($newer) { exit 1 }"
exit /b %errorlevel%

:java
set "special="
rem As in the shell script: vector instructions, and a small space for what dies young.
if "%first% %~1"=="embeddings train" set "special=-Xmn16m --add-modules jdk.incubator.vector"
"%java%" -XX:+UseSerialGC -Xms64m -XX:MaxRAMPercentage=40 -Dfile.encoding=UTF-8 %special% %UNROLL_JAVA_OPTS% %main% %*
exit /b %errorlevel%

:help
echo Usage: unroll TASK VERB [OPTIONS] [ARGS]
echo.
echo Tasks and their verbs (unroll TASK VERB --help tells more):
if exist "%root%\sentiment\src\main\java\dev\unroll\sentiment\Sentiment.java" echo   sentiment    train, evaluate, classify
if exist "%root%\ner\src\main\java\dev\unroll\ner\Ner.java" echo   ner          train, evaluate, tag
if exist "%root%\charlm\src\main\java\dev\unroll\charlm\CharLm.java" echo   charlm       train, evaluate, sample, score, explain
if exist "%root%\embeddings\src\main\java\dev\unroll\embeddings\Embeddings.java" echo   embeddings   train, evaluate, nearest, analogy, similarity, odd-one-out, convert, map
echo.
echo Without a task: demo, doctor, --version, --help
echo First of all: --backend cpu, cuda or cuda-redist: recurrent layers on the processor or on an NVIDIA GPU ^(not tested yet^)
echo Environment: JAVA_HOME, UNROLL_JAVA_OPTS
exit /b 0
