# NOT RUN YET: there was no Windows where this was written. A person with Excel runs it once per built project:
#   powershell -ExecutionPolicy Bypass -File .ci\windows\excel_gate.ps1 workbooks\cases\bazhou-2023-resident-fund.xlsm
# Needs: File > Options > Trust Center > Macro Settings > "Trust access to the VBA project object model".
# Every line must begin with PASS; any dialog Excel shows while it runs is a FAIL. Record the build and the SHA-256.
param([Parameter(Mandatory)][string]$Path)
$full = (Resolve-Path $Path).Path
"SHA256 $((Get-FileHash $full -Algorithm SHA256).Hash)"
$excel = New-Object -ComObject Excel.Application
$excel.Visible = $true
$excel.DisplayAlerts = $true
$book = $excel.Workbooks.Open($full)
"PASS opened without repair, Excel build $($excel.Build), has project $($book.HasVBProject)"
foreach ($part in $book.VBProject.VBComponents) { "  module $($part.Name) type $($part.Type) lines $($part.CodeModule.CountOfLines)" }
foreach ($reference in $book.VBProject.References) {
    if ($reference.IsBroken) { "FAIL reference $($reference.Name) is broken" } else { "  reference $($reference.Name)" }
}
$excel.VBE.ActiveVBProject = $book.VBProject
$compile = $excel.VBE.CommandBars.FindControl($null, 578)
$compile.Execute()
if ($compile.Enabled) { "FAIL the project does not compile" } else { "PASS compiled" }
foreach ($shape in $book.Worksheets.Item(1).Shapes) { "  button $($shape.Name) calls $($shape.OnAction)" }
$excel.CalculateFull()
$total = $book.Worksheets.Item(1).Range("H30").Value2
if ($total -eq 98) { "PASS total 98" } else { "FAIL total $total instead of 98" }
"  engine: $($book.Worksheets.Item(2).Range('B3').Value2)"
$excel.Run("'$($book.Name)'!Buttons.RecalculateSheet")
"PASS ran Buttons.RecalculateSheet"
$book.Worksheets.Item(1).Activate()
$book.Worksheets.Item(1).Range("D20").Select() | Out-Null
$excel.Run("'$($book.Name)'!Buttons.AddIndicatorRow")
$formula = $book.Worksheets.Item(1).Range("H21").Formula
if ($formula -like "*PE_SCORE(E21,F21,G21*") { "PASS the new row computes: $formula" } else { "FAIL new row: $formula" }
if ($book.Worksheets.Item(1).Range("H31").Value2 -eq 98) { "PASS total still 98" } else { "FAIL total changed" }
$book.Close($false)
$excel.Quit()
