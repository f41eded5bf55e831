@echo off
setlocal EnableExtensions DisableDelayedExpansion
chcp 65001 >nul
set "PERFEVAL=%LOCALAPPDATA%\PerfEval"
if exist "%PERFEVAL%\env\Scripts\python.exe" "%PERFEVAL%\env\Scripts\python.exe" -E -P -m perfeval_xl setup --remove
if errorlevel 1 goto failed
if exist "%PERFEVAL%\env" rmdir /s /q "%PERFEVAL%\env"
if exist "%PERFEVAL%\env" goto failed
if not exist "%PERFEVAL%\python\python.exe" goto removed
for %%f in ("%~dp0python-3.*-amd64.exe") do start "" /wait "%%~f" /uninstall /quiet
:removed
if exist "%PERFEVAL%" rmdir "%PERFEVAL%" 2>nul
type "%~dp0texts\removed.txt"
pause
exit /b 0

:failed
type "%~dp0texts\failed.txt"
pause
exit /b 1
