@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem ASCII only: cmd reads a batch file in the console's code page. Chinese stands in texts\, shown under code page 65001.
chcp 65001 >nul
set "PERFEVAL=%LOCALAPPDATA%\PerfEval"
set "ENVIRONMENT=%PERFEVAL%\env"
set "SUITABLE=import sys,struct;sys.exit(not((3,11)<=sys.version_info[:2]<=(3,14) and struct.calcsize('P')==8))"
set "PIP_CONFIG_FILE=nul"
set "PYTHONHOME="
set "PYTHONPATH="
set "PYTHON="

if not exist "%~dp0wheels\" goto incomplete
if exist "%PERFEVAL%\python\python.exe" set PYTHON="%PERFEVAL%\python\python.exe"
if defined PYTHON goto found
py -3.13 -c "%SUITABLE%" >nul 2>nul && set "PYTHON=py -3.13"
if defined PYTHON goto found
py -3.12 -c "%SUITABLE%" >nul 2>nul && set "PYTHON=py -3.12"
if defined PYTHON goto found
py -3.14 -c "%SUITABLE%" >nul 2>nul && set "PYTHON=py -3.14"
if defined PYTHON goto found
py -3.11 -c "%SUITABLE%" >nul 2>nul && set "PYTHON=py -3.11"
if defined PYTHON goto found
python -c "%SUITABLE%" >nul 2>nul && set "PYTHON=python"
if defined PYTHON goto found

type "%~dp0texts\python.txt"
for %%f in ("%~dp0python-3.*-amd64.exe") do start "" /wait "%%~f" /quiet InstallAllUsers=0 "TargetDir=%PERFEVAL%\python" PrependPath=0 Include_launcher=0 Include_test=0 Include_doc=0 Include_tcltk=0 Shortcuts=0 AssociateFiles=0
if not exist "%PERFEVAL%\python\python.exe" goto nopython
set PYTHON="%PERFEVAL%\python\python.exe"

:found
type "%~dp0texts\working.txt"
%PYTHON% -c "%SUITABLE%"
if errorlevel 1 goto nopython
%PYTHON% -E -m venv --clear "%ENVIRONMENT%"
if errorlevel 1 goto failed
"%ENVIRONMENT%\Scripts\python.exe" -E -m pip install --quiet --disable-pip-version-check --no-warn-script-location --no-index --find-links "%~dp0wheels" @REQUIREMENT@
if errorlevel 1 goto failed
"%ENVIRONMENT%\Scripts\python.exe" -E -P -m perfeval_xl setup
if errorlevel 1 goto failed
type "%~dp0texts\done.txt"
pause
exit /b 0

:incomplete
type "%~dp0texts\incomplete.txt"
goto explain

:nopython
type "%~dp0texts\nopython.txt"
goto explain

:failed
type "%~dp0texts\failed.txt"

:explain
for %%f in ("%~dp0*.html") do start "" "%%~f"
pause
exit /b 1
