from pathlib import Path

import pytest

from perfeval_xl import rulesets
from perfeval_xl.core.ruleset import CheckSetting, Sourced
from perfeval_xl.rulesets.edition import Document
from perfeval_xl.rulesets.items import CHECK_RANGES, ITEM_NAMES
from perfeval_xl.rulesets.loader import available, load, load_file
from perfeval_xl.rulesets.reading import edition, edition_below, edition_file, shipped_path
from perfeval_xl.rulesets.refusal import RulesetError

LOCAL = """\
id = "county-2024"
title = "某县评分办法"
based_on = "mof-2020-10"

[[document]]
number = "某财〔2024〕1号"
title = "某县办法"
issued_by = "某县财政局"
issued_on = "待核"
in_force_from = 2024-01-01
seen = "待核: 未见全文"
url = "https://example.org/1"
"""


def local_item(name: str, unit: str, value: object, since: str = "2024-01-01") -> str:
    head = f'[[item]]\nname = "{name}"\nlabel = "本县"\nunit = "{unit}"\n'
    return head + f'values = [{{ from = {since}, value = {value}, document = "某财〔2024〕1号", article = "待核" }}]\n'


@pytest.fixture
def written(tmp_path):
    def write(text: str | bytes, name: str = "mine.toml") -> str:
        content = text.encode() if isinstance(text, str) else text
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


def refusal(path: str) -> str:
    with pytest.raises(RulesetError) as caught:
        load_file(path)
    return str(caught.value)


def test_every_part_of_a_file_arrives(bureau, written):
    ruleset = load_file(written(bureau))
    assert (ruleset.id, ruleset.title, ruleset.kinds) == ("bureau-2024", "某局绩效自评评分办法", ("project",))
    assert (ruleset.complete, ruleset.based_on) == (True, "")
    assert ruleset.checks == {"B10": CheckSetting("hint", "办法没有超额扣分")}
    assert ruleset.items["weight.output"] == (Sourced(60.0, (2024, 1, 10), None, "某财〔2024〕1号", "第三条", ""),)
    assert ruleset.items["rule.default"][0].value == "step_deduction(points=0.5, per=1)"


def test_the_last_day_in_force_becomes_the_first_day_without(changed, written):
    text = changed("from = 2024-01-10, value = 60", "from = 2024-01-10, to = 2024-12-31, value = 60")
    value = load_file(written(text)).items["weight.output"][0]
    assert value.until == (2025, 1, 1)
    assert (value.covers((2024, 12, 31)), value.covers((2025, 1, 1))) == (True, False)


def test_the_last_day_of_all_means_no_end(changed, written):
    text = changed("from = 2024-01-10, value = 60", "from = 2024-01-10, to = 9999-12-31, value = 60")
    assert load_file(written(text)).items["weight.output"][0].until is None


def test_a_byte_order_mark_and_windows_line_ends_are_read(bureau, written):
    text = b"\xef\xbb\xbf" + bureau.replace("\n", "\r\n").encode()
    assert load_file(written(text)) == load_file(written(bureau, "other.toml"))


def test_documents_and_labels_come_with_the_edition(written):
    found = edition_file(written(LOCAL + local_item("weight.output", "points", 50)))
    expected = Document("某财〔2024〕1号", "某县办法", "某县财政局", None, (2024, 1, 1), "待核: 未见全文", "https://example.org/1")
    assert [document.number for document in found.documents] == ["财预〔2020〕10号", "四川省 510000_0013zp 表", "某财〔2024〕1号"]
    assert found.documents[-1] == expected
    assert (found.labels["weight.output"], found.labels["weight.benefit"]) == ("本县", "效益指标")


def test_a_local_set_states_only_what_differs(written):
    text = LOCAL + local_item("weight.execution", "points", 20) + local_item("weight.output", "points", 40)
    ruleset = load_file(written(text))
    assert ruleset.on((2024, 12, 31)).weights == {"execution": 20, "output": 40, "benefit": 30, "satisfaction": 10}
    assert (ruleset.kinds, ruleset.based_on) == (("project", "department", "transfer"), "mof-2020-10")
    assert ruleset.items["band.met"] == load("mof-2020-10").items["band.met"]


def test_an_inherited_weight_counts_in_the_sum(written):
    path = written(LOCAL + local_item("weight.execution", "points", 20))
    assert refusal(path) == (
        "评分办法 mine.toml: 各类分值从 2024-01-01 起合计 110, 应为 100; "
        "请改 weight.execution、weight.output、weight.benefit、weight.satisfaction"
    )


def test_a_class_worth_nothing_is_dropped(written):
    text = LOCAL + local_item("weight.execution", "points", 0) + local_item("weight.output", "points", 60)
    assert load_file(written(text)).on((2024, 12, 31)).weights == {"output": 60, "benefit": 30, "satisfaction": 10}


def test_own_grades_replace_all_inherited_ones(written):
    words = [("优秀", 85), ("合格", 60), ("不合格", 0)]
    ruleset = load_file(written(LOCAL + "".join(local_item(f"grade.{word}", "points", least) for word, least in words)))
    assert ruleset.on((2024, 12, 31)).grades == ((85, "优秀"), (60, "合格"), (0, "不合格"))


def test_a_check_of_ones_own_comes_on_top_of_inherited_ones(written):
    head = LOCAL.replace("mof-2020-10", "fund-2022-65")
    check = '[[check]]\nid = "C07"\nlevel = "off"\nreason = "本县不要求"\n'
    assert load_file(written(head + check)).checks == {
        "B10": load("fund-2022-65").checks["B10"],
        "C07": CheckSetting("off", "本县不要求"),
        "E02": load("fund-2022-65").checks["E02"],
    }


def test_a_neighbouring_file_can_be_built_upon(bureau, written):
    written(bureau, "bureau-2024.toml")
    ruleset = load_file(written(LOCAL.replace("mof-2020-10", "bureau-2024")))
    assert ruleset.on((2024, 12, 31)).weights == {"output": 60, "benefit": 40}


def test_a_missing_basis_is_named(written):
    assert refusal(written(LOCAL.replace("mof-2020-10", "province-2023"))) == (
        f"评分办法 mine.toml: based_on 的「province-2023」找不到; 自带的有 {', '.join(available())}; "
        "自己的请放在同一文件夹, 名为 province-2023.toml"
    )


def test_files_built_upon_each_other_are_refused(written):
    written(LOCAL.replace("mof-2020-10", "b").replace("county-2024", "a"), "a.toml")
    path = written(LOCAL.replace("mof-2020-10", "a").replace("county-2024", "b"), "b.toml")
    assert refusal(path) == "评分办法 a.toml: based_on 绕成了圈: b → a → b; 请去掉一处"


def test_a_file_built_upon_itself_is_refused(written):
    assert refusal(written(LOCAL.replace("mof-2020-10", "county-2024"))) == (
        "评分办法 mine.toml: based_on 绕成了圈: county-2024 → county-2024; 请去掉一处"
    )


def test_a_basis_under_another_id_than_its_file_name_is_refused(bureau, written):
    written(bureau, "province-2023.toml")
    assert refusal(written(LOCAL.replace("mof-2020-10", "province-2023"))) == (
        "评分办法 province-2023.toml: 编号是 bureau-2024, 文件名却是 province-2023.toml; 被 based_on 引用的文件, 编号要与文件名相同"
    )


def test_files_built_upon_each_other_cannot_hide_behind_other_ids(written):
    written(LOCAL.replace("mof-2020-10", "b").replace("county-2024", "x"), "a.toml")
    written(LOCAL.replace("mof-2020-10", "a").replace("county-2024", "y"), "b.toml")
    path = written(LOCAL.replace("mof-2020-10", "a"))
    assert refusal(path) == "评分办法 a.toml: 编号是 x, 文件名却是 a.toml; 被 based_on 引用的文件, 编号要与文件名相同"


def test_what_lies_below_an_edition_is_known(bureau, written):
    written(bureau, "bureau-2024.toml")
    path = written(LOCAL.replace("mof-2020-10", "bureau-2024"))
    assert edition_below(edition_file(path), path).ruleset.id == "bureau-2024"
    assert edition_below(edition("mof-2021-101"), shipped_path("mof-2021-101")) == edition("mof-2020-10")
    assert edition_below(edition("mof-2020-10"), shipped_path("mof-2020-10")) is None


@pytest.mark.parametrize(
    ("number", "seen", "verified"),
    [("某财〔2024〕1号", "已核对原文", True), ("某财〔2024〕1号", "待核: 未见全文", False), ("待核: 某县的表", "已核对原文", False), ("某县的表", "见公开的空表", False)],
)
def test_a_document_counts_as_verified_when_its_wording_was_read(number, seen, verified):
    assert Document(number, "x", "x", None, None, seen).is_verified is verified


def test_a_path_in_based_on_is_refused(written):
    assert refusal(written(LOCAL.replace("mof-2020-10", "../x"))) == (
        "评分办法 mine.toml: 文件开头的 based_on「../x」只能用小写字母、数字和短横, 例如 mybureau-2024"
    )


def test_a_mistake_in_the_basis_names_the_basis(bureau, written):
    written(bureau.replace("value = 60", "value = 61"), "bureau-2024.toml")
    assert refusal(written(LOCAL.replace("mof-2020-10", "bureau-2024"))) == (
        "评分办法 bureau-2024.toml: 各类分值从 2024-01-10 起合计 101, 应为 100; 请改 weight.output、weight.benefit"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('id = "x"\ntitle = 某局\n', "第 2 行不合 TOML 写法; 文字要加英文双引号, 日期写成 2024-01-01, 括号和引号要成对"),
        ('id = "x\ntitle = "y"\n', "第 1 行不合 TOML 写法; 文字要加英文双引号, 日期写成 2024-01-01, 括号和引号要成对"),
        ("kinds = [", "文件末尾不合 TOML 写法; 文字要加英文双引号, 日期写成 2024-01-01, 括号和引号要成对"),
        ("a = 2024-02-30\n", "第 1 行的日期不存在; 请核对年、月、日"),
        ("a = 2024/01/01\n", "第 1 行不合 TOML 写法; 文字要加英文双引号, 日期写成 2024-01-01, 括号和引号要成对"),
        ("a = 1\nid = “x”\n", "第 2 行不合 TOML 写法; 引号、等号、逗号、括号要用英文的, 不能用「“”」"),
        ('title ＝ "甲，乙"\n', "第 1 行不合 TOML 写法; 引号、等号、逗号、括号要用英文的, 不能用「＝」"),
        ('a = [{ b = 1， c = "，" }]\n', "第 1 行不合 TOML 写法; 引号、等号、逗号、括号要用英文的, 不能用「，」"),
        ('id = "x"\nid = "y"\n', "第 2 行重复了前面已经写过的键或段; 请删去一处"),
        ("[a]\n[b]\n[a]\n", "第 3 行重复了前面已经写过的键或段; 请删去一处"),
    ],
)
def test_broken_toml_is_told_with_its_line(text, sentence, written):
    assert refusal(written(text)) == f"评分办法 mine.toml: {sentence}"


def test_another_encoding_is_told(bureau, written):
    assert refusal(written(bureau.encode("gb18030"))) == "评分办法 mine.toml: 不是 UTF-8 编码; 请用记事本另存为, 编码选 UTF-8"


def test_endless_brackets_are_refused(written):
    assert refusal(written("a = " + "[" * 100_000)) == "评分办法 mine.toml: 括号套得太深, 这不是评分办法文件"


def test_a_missing_file_is_told(tmp_path):
    path = str(tmp_path / "none.toml")
    assert refusal(path) == f"评分办法 {path}: 找不到这个文件, 请核对路径"


def test_a_folder_is_told(tmp_path):
    assert refusal(str(tmp_path)) == f"评分办法 {tmp_path}: 文件打不开; 请核对它不是文件夹, 也没有被别的程序占用"


def test_a_basis_that_cannot_be_opened_is_named(tmp_path, written):
    (tmp_path / "province-2023.toml").mkdir()
    assert refusal(written(LOCAL.replace("mof-2020-10", "province-2023"))) == (
        "评分办法 province-2023.toml: 文件打不开; 请核对它不是文件夹, 也没有被别的程序占用"
    )


def test_each_mistake_is_a_line_of_its_own():
    with pytest.raises(RulesetError) as caught:
        raise RulesetError("mine.toml", "一", "二")
    assert str(caught.value) == "评分办法 mine.toml: 一\n评分办法 mine.toml: 二"
    assert (caught.value.source, caught.value.mistakes) == ("mine.toml", ("一", "二"))


def test_a_changed_copy_may_not_keep_a_shipped_id(written):
    text = Path(shipped_path("fund-2022-65")).read_text(encoding="utf-8")
    assert load_file(written(text)) == load("fund-2022-65")
    assert refusal(written(text.replace("value = 1.3", "value = 1.2"))) == (
        '评分办法 mine.toml: 编号 fund-2022-65 是自带的办法, 内容却不同; 请另取一个 id, 并写 based_on = "fund-2022-65"'
    )


def test_the_example_of_the_format_page_is_accepted(written):
    page = (Path(rulesets.__path__[0]) / "FORMAT.md").read_text(encoding="utf-8")
    ruleset = load_file(written(page.split("```toml\n")[1].split("```")[0]))
    assert ruleset.on((2024, 12, 31)).weights == {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}
    assert ruleset.on((2025, 12, 31)).weights == {"execution": 20, "output": 40, "benefit": 30, "satisfaction": 10}


def test_the_format_page_names_every_item():
    page = (Path(rulesets.__path__[0]) / "FORMAT.md").read_text(encoding="utf-8")
    assert [name for name in ITEM_NAMES if f"`{name}`" not in page and f"`.{name.partition('.')[2]}`" not in page] == []


def test_an_edition_is_read_once():
    assert edition("mof-2020-10") is edition("mof-2020-10")


def test_mistakes_of_every_stage_are_told_in_one_go(written):
    text = LOCAL.replace('title = "某县评分办法"\n', "").replace("mof-2020-10", "province-2023")
    text += local_item("rate_digits", "digits", 2.5) + local_item("weight.output", "ratio", 50)
    text += '[[check]]\nid = "b10"\nlevel = "off"\nreason = "x"\n'
    assert refusal(written(text)).splitlines() == [
        '评分办法 mine.toml: 文件开头缺少 title, 请写 title = "我局绩效自评评分办法"',
        "评分办法 mine.toml: 「rate_digits」第 1 个值应是 0 到 9 的整数, 不是「2.5」",
        '评分办法 mine.toml: 「weight.output」的单位应写 unit = "points", 不是「ratio」',
        f"评分办法 mine.toml: 没有审核规则「b10」; 是不是 B10? 编号是 {CHECK_RANGES}, 见 perfeval-xl checks",
        f"评分办法 mine.toml: based_on 的「province-2023」找不到; 自带的有 {', '.join(available())}; 自己的请放在同一文件夹, 名为 province-2023.toml",
    ]


def test_a_missing_title_hides_neither_a_wrong_sum_nor_a_document_not_listed(written):
    text = LOCAL.replace('title = "某县评分办法"\n', "") + local_item("weight.execution", "points", 20)
    text += local_item("band.met", "ratio", 0.8).replace("某财〔2024〕1号", "某财〔2024〕9号")
    assert refusal(written(text)).splitlines()[1:] == [
        "评分办法 mine.toml: 「band.met」引用的「某财〔2024〕9号」没有列出; 请补一段 [[document]], 或改成 财预〔2020〕10号、四川省 510000_0013zp 表、某财〔2024〕1号",
        "评分办法 mine.toml: 各类分值从 2024-01-01 起合计 110, 应为 100; 请改 weight.execution、weight.output、weight.benefit、weight.satisfaction",
    ]


def test_nothing_is_said_of_a_sum_while_one_of_its_parts_is_unknown(written):
    wrong = local_item("weight.execution", "points", 20) + local_item("weight.output", "points", '"四十"')
    assert refusal(written(LOCAL + wrong)) == "评分办法 mine.toml: 「weight.output」第 1 个值应是 0 到 100 的数, 不是「四十」"


def test_wrong_dates_of_one_item_do_not_hide_the_sum_of_others(written):
    grade = local_item("grade.好", "points", 0).replace("from = 2024-01-01,", "from = 2024-01-01, to = 2023-01-01,")
    assert refusal(written(LOCAL + grade + local_item("weight.execution", "points", 20))).splitlines() == [
        "评分办法 mine.toml: 「grade.好」的 to 早于 from (2024-01-01); to 是最后有效的一天",
        "评分办法 mine.toml: 各类分值从 2024-01-01 起合计 110, 应为 100; 请改 weight.execution、weight.output、weight.benefit、weight.satisfaction",
    ]


def test_mistakes_of_the_file_it_is_based_on_come_with_its_own(bureau, written):
    written(bureau.replace("value = 60", "value = 70").replace("bureau-2024", "province-2023"), "province-2023.toml")
    own = LOCAL.replace("mof-2020-10", "province-2023")
    of_basis = "各类分值从 2024-01-10 起合计 110, 应为 100; 请改 weight.output、weight.benefit"
    assert refusal(written(own)) == f"评分办法 province-2023.toml: {of_basis}"
    assert refusal(written(own.replace('title = "某县评分办法"\n', ""))).splitlines() == [
        '评分办法 mine.toml: 文件开头缺少 title, 请写 title = "我局绩效自评评分办法"',
        f"评分办法 mine.toml: based_on 的 province-2023.toml 也不能用: {of_basis}",
    ]


def test_a_shipped_id_is_refused_beside_other_mistakes(written):
    text = LOCAL.replace("county-2024", "fund-2022-65").replace('title = "某县评分办法"\n', "")
    assert refusal(written(text)).splitlines()[1:] == [
        '评分办法 mine.toml: 编号 fund-2022-65 是自带的办法, 内容却不同; 请另取一个 id, 并写 based_on = "fund-2022-65"'
    ]
