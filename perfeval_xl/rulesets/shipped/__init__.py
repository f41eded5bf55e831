"""自带的评分办法, written by ``python -m perfeval_xl.rulesets.snapshot``; never edited by hand."""

IDS = (
    "anhui-2024",
    "fund-2022-65",
    "guangxi-2024",
    "hubei-20-80",
    "jiangxi-bands",
    "mof-2020-10",
    "mof-2021-101",
    "mof-2021-101-no-cost",
    "mof-2021-101-no-satisfaction",
    "shanghai-2024",
    "sichuan-department-2023",
    "sichuan-fund-2024",
)
