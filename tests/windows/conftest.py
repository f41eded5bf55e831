"""The sample functions import xlwings; the tests' own process leaves that to a child."""

collect_ignore = ["sample_functions.py"]
