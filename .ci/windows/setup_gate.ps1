# NOT RUN YET: there was no Windows where this was written. A person with Excel runs it after install.cmd, Excel closed:
#   powershell -ExecutionPolicy Bypass -File .ci\windows\setup_gate.ps1
# Every line must begin with PASS; any dialog Excel shows while it runs is a FAIL. Leaves the PC without the program.
param([string]$Python = "$env:LOCALAPPDATA\PerfEval\env\Scripts\python.exe")
function Check($name, $good) { if ($good) { "PASS $name" } else { "FAIL $name" } }
function Perfeval { & $Python -E -P -m perfeval_xl @args }
$ours = "$env:LOCALAPPDATA\PerfEval"
$addin = "$env:APPDATA\Microsoft\Excel\XLSTART\perfeval.xlam"
$desktop = [Environment]::GetFolderPath("Desktop")
Perfeval setup
Check "setup" ($LASTEXITCODE -eq 0)
Check "a second plan is empty" ((Perfeval setup --plan --json | ConvertFrom-Json).steps.Count -eq 0)
Check "doctor finds nothing" ((Perfeval doctor --json | ConvertFrom-Json).lines.Where({ $_.level -ne "ok" }).Count -eq 0)
Check "libraries" ((Test-Path "$ours\perfeval64.dll") -and (Test-Path "$ours\perfeval32.dll"))
$link = Get-ChildItem $desktop -Filter *.lnk | ForEach-Object { (New-Object -ComObject WScript.Shell).CreateShortcut($_.FullName) } | Where-Object { $_.Arguments -like "*perfeval_xl drop" }
Check "drop icon" ($null -ne $link)
$excel = New-Object -ComObject Excel.Application
$excel.Visible = $true
$started = $excel.Workbooks.Open($addin)          # Excel started by automation loads nothing from XLSTART by itself
Check "add-in opened" ($started.IsAddin)
$excel.VBE.ActiveVBProject = $started.VBProject
$compile = $excel.VBE.CommandBars.FindControl($null, 578)
$compile.Execute()
Check "add-in compiles" (-not $compile.Enabled)
$template = Get-ChildItem "$ours\templates" -Filter *.xlsm | Select-Object -First 1
$book = $excel.Workbooks.Open($template.FullName)
Check "template opened without asking for macros" ($book.HasVBProject)
$excel.CalculateFull()
Check "no error on the form" (-not ($book.Worksheets.Item(1).UsedRange.Value2 -match "#NAME"))
$book.Close($false)
$excel.Quit()
Perfeval setup --remove
Check "remove" ($LASTEXITCODE -eq 0)
Check "nothing left" (-not ((Test-Path $addin) -or (Test-Path "$ours\perfeval64.dll") -or (Test-Path "$ours\templates") -or (Test-Path "$ours\installed.json")))
Check "no trusted location left" (-not (Test-Path "HKCU:\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations\PerfEval"))
