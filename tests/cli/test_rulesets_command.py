"""``perfeval-xl rulesets``, and a bureau's own ruleset file on the command line."""

import json

import pytest

from perfeval_xl.rulesets.loader import available

OWN = """\
id = "county-2023"
title = "某县基金自评办法"
based_on = "fund-2022-65"

[[document]]
number = "某财〔2023〕1号"
title = "某县基金自评办法"
issued_by = "某县财政局"
issued_on = 2023-01-10
in_force_from = 2023-01-10
seen = "已核对原文"

[[item]]
name = "grade.好"
label = "等级 好"
unit = "points"
values = [{ from = 2023-01-10, value = 80, document = "某财〔2023〕1号", article = "第六条" }]

[[item]]
name = "grade.不好"
label = "等级 不好"
unit = "points"
values = [{ from = 2023-01-10, value = 0, document = "某财〔2023〕1号", article = "第六条" }]

[[check]]
id = "B10"
level = "off"
reason = "办法第七条不问超额"
"""
SYNTAX = "不合 TOML 写法; 文字要加英文双引号, 日期写成 2024-01-01, 括号和引号要成对"


@pytest.fixture
def own(tmp_path):
    """Write the bureau's file, with its first ``old`` replaced by ``new``; gives its name."""

    def write(old="", new="", *, encoding="utf-8", name="mine.toml"):
        assert old in OWN
        (tmp_path / name).write_bytes(OWN.replace(old, new, 1).encode(encoding))
        return name

    return write


def entry(perfeval, *arguments):
    done = perfeval("rulesets", *arguments, "--json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def test_every_shipped_ruleset_is_listed(perfeval):
    assert tuple(each["id"] for each in entry(perfeval)) == available()


def test_an_entry_says_kinds_years_documents_and_what_differs(perfeval):
    found = {each["id"]: each for each in entry(perfeval)}
    assert found["fund-2022-65"] == {
        "id": "fund-2022-65",
        "title": "社会保险基金预算绩效管理办法",
        "kinds": ["fund"],
        "default_for": ["fund"],
        "complete": True,
        "first_year": 2023,
        "last_year": None,
        "based_on": None,
        "differs": [],
        "documents": [
            {
                "number": "财社〔2022〕65号",
                "title": "社会保险基金预算绩效管理办法",
                "issued_by": "财政部、人力资源社会保障部、税务总局、国家医保局",
                "issued_on": "2022-05-27",
                "in_force_from": "2023-01-01",
                "seen": "待核: 只见开头几条; 分值和记分方法据一张公开的 2023 年度自评表",
                "verified": False,
                "url": None,
            },
            {
                "number": "财预〔2020〕10号",
                "title": "项目支出绩效评价管理办法",
                "issued_by": "财政部",
                "issued_on": "2020-02-25",
                "in_force_from": "2020-02-25",
                "seen": "待核: 未见全文; 日期、分值、等级据各地公开的自评表和引用它的地方文件",
                "verified": False,
                "url": None,
            },
        ],
        "checks": [
            {"id": "B10", "level": "hint", "reason": "基金办法里没有见到超额完成扣分的条款 (待核)"},
            {"id": "E02", "level": "hint", "reason": "与 B10 同一原因: 基金办法里没有见到超额完成须说明的条款 (待核)"},
        ],
    }
    assert found["jiangxi-bands"]["differs"] == [
        {"name": "rule.execution", "label": "预算执行率记分", "was": "按执行率 execution", "now": "按完成率分档 bands(100:1, 80:0.7, 60:0.5)"},
        {"name": "rate_digits", "label": "记分前执行率保留的小数位数", "was": "", "now": "4 位小数"},
    ]
    assert [each["default_for"] for each in found.values() if each["default_for"]] == [["fund"], ["transfer", "department", "project"]]


def test_one_ruleset_is_told_item_by_item(perfeval):
    items = {each["name"]: each for each in entry(perfeval, "mof-2021-101")["items"]}
    assert items["weight.cost"] == {
        "name": "weight.cost",
        "label": "成本指标",
        "value": 20.0,
        "text": "20 分",
        "from": "2021-08-18",
        "to": None,
        "document": "财预〔2021〕101号",
        "article": "待核",
        "basis": "财预〔2021〕101号 待核",
        "note": None,
        "inherited": False,
    }
    assert [name for name, each in items.items() if not each["inherited"]] == [
        "weight.output", "weight.benefit", "rule.execution", "weight.cost",
    ]  # fmt: skip


def test_a_person_reads_the_same(perfeval):
    assert perfeval("rulesets", "mof-2021-101-no-cost").out.splitlines()[:6] == [
        "mof-2021-101-no-cost  中央部门项目支出取值指引（试行）: 不设成本指标",
        "    适用: 项目支出; 2021 年度起",
        "    文件: 财预〔2020〕10号 《项目支出绩效评价管理办法》 财政部; 原文待核",
        "    文件: 四川省 510000_0013zp 表 《部门预算项目支出绩效自评表及填表说明》 发文机关待核; 原文待核",
        "    文件: 财预〔2021〕101号 《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》 财政部; 原文待核",
        "    以 mof-2021-101 为底, 不同: 产出指标 40 分 → 50 分; 效益指标 20 分 → 30 分; 成本指标 20 分 → 未设分值",
    ]
    listed = perfeval("rulesets").out.split("\n\n")
    assert len(listed) == len(available())
    assert listed[3].splitlines() == [
        "hubei-20-80  湖北绩效自评: 预算执行率 20 分, 指标 80 分 (条款待核)",
        "    适用: 项目支出、部门整体支出、转移支付; 2020 年度起",
        "    分值没有规定全, 不核对各类分值的合计",
        "    文件: 待核: 湖北填报系统的执行率得分 绩效自评填报系统的记分设置 (湖北) 发文机关待核; 原文待核",
        "    以 mof-2020-10 为底, 不同: 预算执行率 10 分 → 20 分; 产出指标 50 分 → 未设分值; 效益指标 30 分 → 未设分值; 服务对象满意度指标 10 分 → 未设分值; 记分前执行率保留的小数位数 4 位小数",
    ]


def test_a_file_of_ones_own_is_told_with_its_dates_and_reasons(perfeval, own):
    done = perfeval("rulesets", own("from = 2023-01-10, value = 80", "from = 2023-01-10, to = 2024-12-31, value = 80"))
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:2] == ["county-2023  某县基金自评办法", "    适用: 社会保险基金; 2023 到 2024 年度"]
    assert "    文件: 某财〔2023〕1号 《某县基金自评办法》 某县财政局; 已核对原文" in lines
    assert "    grade.好  等级 好: 80 分 起  (2023-01-10 起 至 2024-12-31; 某财〔2023〕1号 第六条)" in lines
    assert "    B10 不查: 办法第七条不问超额" in lines


def test_a_file_that_holds_on_no_last_day_of_a_year_judges_nothing(perfeval, own):
    done = perfeval("rulesets", own("from = 2023-01-10, value = 80", "from = 2023-01-10, to = 2023-06-30, value = 80"))
    assert done.out.splitlines()[1] == "    适用: 社会保险基金; 没有一个年度的 12 月 31 日有效, 不能用于任何表"


def test_an_unknown_id_is_refused_with_the_known_ones(perfeval):
    done = perfeval("rulesets", "mof-2019")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"没有评分办法「mof-2019」, 可用: {', '.join(available())}; 自己的办法请写文件名, 以 .toml 结尾\n"


def test_a_file_of_ones_own_grades_a_table(perfeval, own, case_workbook):
    done = perfeval("score", case_workbook, "--ruleset", own(), "--json")
    assert (done.code, done.err) == (0, "")
    assert [(table["ruleset"], table["grade"]) for table in json.loads(done.out)["tables"]] == [("county-2023", "好")]


def test_a_check_switched_off_in_a_file_of_ones_own_finds_nothing(perfeval, own, case_workbook):
    asked, silent = (json.loads(perfeval("check", case_workbook, "--json", *more).out)["files"][0] for more in ((), ("--ruleset", own())))
    assert (asked["ruleset"], silent["ruleset"]) == ("fund-2022-65", "county-2023")
    assert [found["cell"] for found in asked["findings"] if found["check"] == "B10"] == ["G28"]
    assert [found for found in asked["findings"] if found["check"] != "B10"] == silent["findings"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_may_begin_with_a_byte_order_mark(encoding, perfeval, own, case_workbook):
    assert perfeval("score", case_workbook, "--ruleset", own(encoding=encoding)).code == 0


def test_a_file_may_rest_on_another_in_its_folder(perfeval, own, tmp_path, case_workbook):
    own(name="county-2023.toml")
    (tmp_path / "town.toml").write_text('id = "town-2023"\ntitle = "某镇办法"\nbased_on = "county-2023"\n', encoding="utf-8")
    done = perfeval("score", case_workbook, "--ruleset", tmp_path / "town.toml", "--json")
    assert [(table["ruleset"], table["grade"]) for table in json.loads(done.out)["tables"]] == [("town-2023", "好")]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ('title = "某县基金自评办法"', "title = 某县基金自评办法", [f"第 2 行{SYNTAX}"]),
        ('title = "某县基金自评办法"', "title = “某县基金自评办法”", ["第 2 行不合 TOML 写法; 引号、等号、逗号、括号要用英文的, 不能用「“”」"]),
        ("issued_on = 2023-01-10", "issued_on = 2023-02-30", ["第 9 行的日期不存在; 请核对年、月、日"]),
        ("issued_on = 2023-01-10", "issued_on = 2023年1月10日", [f"第 9 行{SYNTAX}"]),
        (
            "issued_on = 2023-01-10", 'issued_on = "2023-01-10"',
            ['第 1 个 [[document]] 的 issued_on 不能是「2023-01-10」, 请写 issued_on = 2020-02-25 (日期不加引号; 不知道就写 "待核")'],
        ),
        (
            "from = 2023-01-10, value = 80", "from = 2023-01-10, to = 2022-12-31, value = 80",
            ["「grade.好」的 to 早于 from (2023-01-10); to 是最后有效的一天"],
        ),
        ('based_on = "fund-2022-65"', 'based_on = "county-2023"', ["based_on 绕成了圈: county-2023 → county-2023; 请去掉一处"]),
        (
            'name = "grade.好"', 'name = "threshold.over_complete"',
            [
                "没有「threshold.over_complete」这个项目, 是不是 threshold.over_completion? 可用: ",
                'level 不能是「关」, 请写 level = "hint" (可用 error, explain, hint, off)',
            ],
        ),
    ],
    ids=["no quotes", "wide quotes", "no such day", "date in words", "date in quotes", "ends before it begins", "rests on itself", "two mistakes"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["rulesets", "check", "score"])
def test_each_mistake_is_one_sentence_and_exit_code_2(command, old, new, sentences, perfeval, own, tmp_path, case_workbook):
    path = tmp_path / own(old, new)
    if len(sentences) > 1:
        path.write_text(path.read_text("utf-8").replace('level = "off"', 'level = "关"'), encoding="utf-8")
    done = perfeval("rulesets", path) if command == "rulesets" else perfeval(command, case_workbook, "--ruleset", path)
    said = done.err.splitlines()
    assert (done.code, done.out, len(said)) == (2, "", len(sentences))
    for line, sentence in zip(said, sentences, strict=True):
        assert "评分办法 mine.toml: " in line
        assert sentence in line


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@pytest.mark.parametrize("command", ["rulesets", "check", "score"])
def test_another_encoding_is_told_with_the_way_out(command, encoding, perfeval, own, case_workbook):
    name = own(encoding=encoding)
    done = perfeval("rulesets", name) if command == "rulesets" else perfeval(command, case_workbook, "--ruleset", name)
    assert (done.code, done.out) == (2, "")
    assert done.err.removeprefix(f"{case_workbook}: ") == "评分办法 mine.toml: 不是 UTF-8 编码; 请用记事本另存为, 编码选 UTF-8\n"


@pytest.mark.parametrize("command", ["rulesets", "check", "score"])
def test_a_missing_file_is_told(command, perfeval, case_workbook):
    done = perfeval("rulesets", "none.toml") if command == "rulesets" else perfeval(command, case_workbook, "--ruleset", "none.toml")
    assert (done.code, done.out) == (2, "")
    assert done.err.removeprefix(f"{case_workbook}: ") == "评分办法 none.toml: 找不到这个文件, 请核对路径\n"


def test_a_circle_of_files_is_told(perfeval, own, tmp_path):
    own('based_on = "fund-2022-65"', 'based_on = "town"', name="county-2023.toml")
    (tmp_path / "town.toml").write_text('id = "town"\ntitle = "某镇办法"\nbased_on = "county-2023"\n', encoding="utf-8")
    done = perfeval("rulesets", "town.toml")
    assert (done.code, done.err) == (2, "评分办法 county-2023.toml: based_on 绕成了圈: town → county-2023 → town; 请去掉一处\n")


def test_a_table_before_the_first_year_of_a_ruleset_is_refused(perfeval, case_workbook):
    done = perfeval("score", case_workbook, "--ruleset", "sichuan-fund-2024")
    assert (done.code, done.out) == (2, "")
    assert done.err == "评分办法 sichuan-fund-2024 的「weight.decision」在 2023-12-31 没有生效的规定\n"
