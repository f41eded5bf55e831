"""Every refusal of a badly written file, with the sentence a clerk reads."""

import pytest

from perfeval_xl.core import rule as parser
from perfeval_xl.rulesets.shape import is_identifier

ITEM_LINE = 'values = [{ from = 2024-01-10, value = 60, document = "某财〔2024〕1号", article = "第三条" }]'
RULE_NAMES = "proportional, pass_fail, linear_excess, reciprocal, interval, step_deduction, bands, qualitative, manual"
ITEM_NAMES = (
    "weight.execution, weight.decision, weight.process, weight.cost, weight.output, weight.benefit, weight.satisfaction, "
    "rule.default, rule.execution, band.met, band.partial, threshold.over_completion, threshold.execution_floor, "
    "execution.may_exceed, rate_digits, text.reason_min, "
    "minimum.decision, minimum.process, minimum.cost, minimum.output, minimum.benefit, minimum.satisfaction, grade.优"
)


def test_the_right_file_is_accepted(bureau, mistakes_in):
    assert mistakes_in(bureau) == ()


REFUSED = {
    "an unknown key at the top": (
        'title = "某局', 'titel = "x"\ntitle = "某局',
        "文件开头有不认识的键「titel」, 可用: id, title, kinds, complete, based_on, document, item, check",
    ),
    "an unknown key of a document": (
        "issued_by =", 'author = "x"\nissued_by =',
        "第 1 个 [[document]] 有不认识的键「author」, 可用: number, title, issued_by, issued_on, in_force_from, seen, url",
    ),
    "an unknown key of an item": (
        'label = "产出指标"', 'label = "产出指标"\nweight = 60',
        "「weight.output」有不认识的键「weight」, 可用: name, label, unit, values",
    ),
    "an unknown key of a value": (
        "value = 60,", "value = 60, page = 3,",
        "「weight.output」第 1 个值有不认识的键「page」, 可用: from, to, value, document, article, note",
    ),
    "an unknown key of a check": (
        'level = "hint"', 'level = "hint"\nwhy = "x"',
        "第 1 个 [[check]] 有不认识的键「why」, 可用: id, level, reason",
    ),
    "no id": ('id = "bureau-2024"', "", '文件开头缺少 id, 请写 id = "mybureau-2024"'),
    "no title": ('title = "某局绩效自评评分办法"', "", '文件开头缺少 title, 请写 title = "我局绩效自评评分办法"'),
    "no kinds": (
        'kinds = ["project"]', "",
        '文件开头缺少 kinds, 请写 kinds = ["fund"] (可用 fund, transfer, department, project, 不重复)',
    ),
    "an unknown kind": (
        'kinds = ["project"]', 'kinds = ["projects"]',
        '文件开头的 kinds 不能是「projects」, 请写 kinds = ["fund"] (可用 fund, transfer, department, project, 不重复)',
    ),
    "a kind named twice": (
        'kinds = ["project"]', 'kinds = ["project", "project"]',
        '文件开头的 kinds 不能是「project、project」, 请写 kinds = ["fund"] (可用 fund, transfer, department, project, 不重复)',
    ),
    "no kind at all": (
        'kinds = ["project"]', "kinds = []",
        '文件开头的 kinds 不能是「一组值」, 请写 kinds = ["fund"] (可用 fund, transfer, department, project, 不重复)',
    ),
    "an id that is no file name": (
        'id = "bureau-2024"', 'id = "../某局"',
        "文件开头的 id「../某局」只能用小写字母、数字和短横, 例如 mybureau-2024",
    ),
    "a number as title": (
        'title = "某局绩效自评评分办法"', "title = 2024",
        '文件开头的 title 不能是「2024」, 请写 title = "我局绩效自评评分办法"',
    ),
    "complete as a word": (
        'kinds = ["project"]', 'kinds = ["project"]\ncomplete = "否"',
        "文件开头的 complete 不能是「否」, 请写 complete = true 或 complete = false",
    ),
    "a table where several are meant": (
        "[[check]]", "[check]", "文件开头的 check 不能是「一组值」, 请写 [[check]] 段",
    ),
    "a document without its issuer": (
        'issued_by = "某财政局"\n', "", '第 1 个 [[document]] 缺少 issued_by, 请写 issued_by = "财政部"',
    ),
    "a document that hides how it was seen": (
        'seen = "已核对原文"\n', "",
        '第 1 个 [[document]] 缺少 seen, 请写 seen = "已核对原文" 或 seen = "待核: 未见全文"',
    ),
    "a date in quotes": (
        "issued_on = 2024-01-10", 'issued_on = "2024年1月"',
        '第 1 个 [[document]] 的 issued_on 不能是「2024年1月」, 请写 issued_on = 2020-02-25 (日期不加引号; 不知道就写 "待核")',
    ),
    "an item without a name": (
        'name = "weight.output"\n', "", '第 1 个 [[item]] 缺少 name, 请写 name = "weight.output"',
    ),
    "an item without a label": (
        'label = "产出指标"\n', "", '「weight.output」缺少 label, 请写 label = "产出指标"',
    ),
    "an unknown item": (
        'name = "weight.output"', 'name = "weight.outcome"',
        f"没有「weight.outcome」这个项目, 是不是 weight.output? 可用: {ITEM_NAMES} (grade. 后面写等级名)",
    ),
    "an item like no other": (
        'name = "weight.output"', 'name = "期限"', f"没有「期限」这个项目, 可用: {ITEM_NAMES} (grade. 后面写等级名)",
    ),
    "a grade without its word": (
        'name = "weight.output"', 'name = "grade."',
        f"没有「grade.」这个项目, 是不是 grade.优? 可用: {ITEM_NAMES} (grade. 后面写等级名)",
    ),
    "a wrong unit": (
        'unit = "points"', 'unit = "ratio"', '「weight.output」的单位应写 unit = "points", 不是「ratio」',
    ),
    "no values": (
        ITEM_LINE, "values = []",
        '「weight.output」的 values 是空的, 请写 values = [{ from = 2024-01-01, value = 50, document = "…", article = "…" }]',
    ),
    "a bare value": (
        ITEM_LINE, "values = 60",
        '「weight.output」的 values 不能是「60」, 请写 values = [{ from = 2024-01-01, value = 50, document = "…", article = "…" }]',
    ),
    "a value without a date": (
        "from = 2024-01-10, value = 60", "value = 60", "「weight.output」第 1 个值缺少 from, 请写 from = 2024-01-01 (日期不加引号)",
    ),
    "a value from a minute on": (
        "from = 2024-01-10, value = 60", "from = 2024-01-10T08:00:00, value = 60",
        "「weight.output」第 1 个值的 from 不能是「2024-01-10 08:00:00」, 请写 from = 2024-01-01 (日期不加引号)",
    ),
    "a year as the end": (
        "from = 2024-01-10, value = 60", "from = 2024-01-10, to = 2025, value = 60",
        "「weight.output」第 1 个值的 to 不能是「2025」, 请写 to = 2024-12-31 (最后有效的一天, 日期不加引号)",
    ),
    "a beginning in quotes": (
        "from = 2024-01-10, value = 60", 'from = "2024-01-10", value = 60',
        "「weight.output」第 1 个值的 from 不能是「2024-01-10」, 请写 from = 2024-01-01 (日期不加引号)",
    ),
    "a value without a document": (
        'value = 60, document = "某财〔2024〕1号"', "value = 60",
        '「weight.output」第 1 个值缺少 document, 请写 document = "财预〔2020〕10号"',
    ),
    "a value without an article": (
        ', article = "第三条"', "",
        '「weight.output」第 1 个值缺少 article, 请写 article = "第十五条" (没有看到原文就写 "待核")',
    ),
    "an empty article": (
        'article = "第三条"', 'article = " "',
        '「weight.output」第 1 个值的 article 不能是「 」, 请写 article = "第十五条" (没有看到原文就写 "待核")',
    ),
    "a weight in words": ("value = 60", 'value = "60分"', "「weight.output」第 1 个值应是 0 到 100 的数, 不是「60分」"),
    "a weight above the whole": ("value = 60", "value = 600", "「weight.output」第 1 个值应是 0 到 100 的数, 不是「600」"),
    "a weight that is no number": ("value = 60", "value = nan", "「weight.output」第 1 个值应是 0 到 100 的数, 不是「nan」"),
    "a weight that is true": (
        "value = 60", "value = true", "「weight.output」第 1 个值的 value 不能是「true」, 请写 value = 50",
    ),
    "a rule that is a number": (
        '"step_deduction(points=0.5, per=1)"', "5",
        '「rule.default」第 1 个值应是评分规则的文字, 例如 "proportional", 不是「5」',
    ),
    "a rule nobody knows": (
        '"step_deduction(points=0.5, per=1)"', '"halves"',
        f"「rule.default」第 1 个值读不懂: 评分规则「halves」不认识, 可用: {', '.join(parser.RULE_NAMES)}",
    ),
    "a rule without its bracket": (
        '"step_deduction(points=0.5, per=1)"', '"step_deduction(points=0.5"',
        "「rule.default」第 1 个值读不懂: 评分规则「step_deduction(points=0.5」缺少右括号",
    ),
    "a rule meant for another item": (
        '"step_deduction(points=0.5, per=1)"', '"execution"',
        f"「rule.default」第 1 个值不能用 execution, 可用: {RULE_NAMES}",
    ),
    "a check outside the catalogue": (
        'id = "B10"', 'id = "G04"', "没有审核规则「G04」; 编号是 A01 到 A13、B01 到 B17、C01 到 C16、D01 到 D17、E01 到 E13、F01 到 F07、G01 到 G03, 见 perfeval-xl checks",
    ),
    "a level outside the four": (
        'level = "hint"', 'level = "提示"',
        '第 1 个 [[check]] 的 level 不能是「提示」, 请写 level = "hint" (可用 error, explain, hint, off)',
    ),
    "a check softened without a reason": (
        'reason = "办法没有超额扣分"', "", '第 1 个 [[check]] 缺少 reason, 请写 reason = "…"',
    ),
    "an item written twice": (
        'name = "weight.benefit"', 'name = "weight.output"', "[[item]]「weight.output」写了 2 次, 请合并成一段",
    ),
}


@pytest.mark.parametrize(("old", "new", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_for(old, new, sentence, changed, mistakes_in):
    assert mistakes_in(changed(old, new)) == (sentence,)


@pytest.mark.parametrize(
    ("name", "unit", "value", "sentence"),
    [
        ("band.met", "ratio", 80, "「band.met」第 1 个值应是 0 到 1 的数, 不是「80」"),
        ("threshold.over_completion", "ratio", 130, "「threshold.over_completion」第 1 个值应是 1 到 10 的数, 不是「130」"),
        ("threshold.execution_floor", "ratio", -0.1, "「threshold.execution_floor」第 1 个值应是 0 到 1 的数, 不是「-0.1」"),
        ("rate_digits", "digits", 2.5, "「rate_digits」第 1 个值应是 0 到 9 的整数, 不是「2.5」"),
        ("rate_digits", "digits", 10, "「rate_digits」第 1 个值应是 0 到 9 的数, 不是「10」"),
        ("execution.may_exceed", "flag", 2, "「execution.may_exceed」第 1 个值应是 0 到 1 的数, 不是「2」"),
        ("execution.may_exceed", "flag", 0.5, "「execution.may_exceed」第 1 个值应是 0 到 1 的整数, 不是「0.5」"),
        ("text.reason_min", "characters", 10.5, "「text.reason_min」第 1 个值应是 0 到 500 的整数, 不是「10.5」"),
        ("minimum.output", "count", 100, "「minimum.output」第 1 个值应是 0 到 99 的数, 不是「100」"),
        ("minimum.output", "count", 2.5, "「minimum.output」第 1 个值应是 0 到 99 的整数, 不是「2.5」"),
        ("rule.execution", "rule", '"proportional"', "「rule.execution」第 1 个值不能用 proportional, 可用: execution, bands"),
    ],
)
def test_an_item_keeps_to_its_own_range(name, unit, value, sentence, bureau, mistakes_in):
    item = f'[[item]]\nname = "{name}"\nlabel = "x"\nunit = "{unit}"\n'
    values = f'values = [{{ from = 2024-01-10, value = {value}, document = "某财〔2024〕1号", article = "待核" }}]\n'
    assert mistakes_in(bureau + item + values) == (sentence,)


@pytest.mark.parametrize(
    ("name", "unit", "value"),
    [
        ("execution.may_exceed", "flag", 1),
        ("rate_digits", "digits", 4), ("text.reason_min", "characters", 10),
        ("minimum.output", "count", 3), ("minimum.satisfaction", "count", 1), ("threshold.over_completion", "ratio", 1.2),
    ],
)  # fmt: skip
def test_every_setting_of_a_check_is_accepted(name, unit, value, bureau, mistakes_in):
    item = f'[[item]]\nname = "{name}"\nlabel = "x"\nunit = "{unit}"\n'
    values = f'values = [{{ from = 2024-01-10, value = {value}, document = "某财〔2024〕1号", article = "待核" }}]\n'
    assert mistakes_in(bureau + item + values) == ()


def test_the_same_document_listed_twice_is_refused(bureau, mistakes_in):
    start, end = bureau.index("[[document]]"), bureau.index("[[item]]")
    assert mistakes_in(bureau + bureau[start:end]) == ("[[document]]「某财〔2024〕1号」写了 2 次, 请合并成一段",)


def test_the_same_check_set_twice_is_refused(bureau, mistakes_in):
    assert mistakes_in(bureau + bureau[bureau.index("[[check]]") :]) == ("[[check]]「B10」写了 2 次, 请合并成一段",)


def test_all_mistakes_are_told_at_once(bureau, mistakes_in):
    text = bureau.replace("value = 60", "value = 600").replace('level = "hint"', 'level = "soft"')
    assert mistakes_in(text) == (
        "「weight.output」第 1 个值应是 0 到 100 的数, 不是「600」",
        '第 1 个 [[check]] 的 level 不能是「soft」, 请写 level = "hint" (可用 error, explain, hint, off)',
    )


def test_an_empty_file_says_what_belongs_into_one(mistakes_in):
    assert mistakes_in("") == (
        '文件开头缺少 id, 请写 id = "mybureau-2024"',
        '文件开头缺少 title, 请写 title = "我局绩效自评评分办法"',
        '文件开头缺少 kinds, 请写 kinds = ["fund"] (可用 fund, transfer, department, project, 不重复)',
        "没有任何规定; 请写 [[item]] 段, 或用 based_on 指明以哪个办法为底",
    )


@pytest.mark.parametrize(
    ("name", "value", "shown"), [("item", "3", "3"), ("item", "[1, 2]", "一组值"), ("document", '["x"]', "x"), ("check", "true", "true")]
)
def test_sections_of_the_wrong_type_are_refused_without_a_traceback(name, value, shown, mistakes_in):
    head = 'id = "x"\ntitle = "x"\nkinds = ["fund"]\nbased_on = "fund-2022-65"\n'
    assert mistakes_in(f"{head}{name} = {value}") == (f"文件开头的 {name} 不能是「{shown}」, 请写 [[{name}]] 段",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", True), ("sichuan-fund-2024", True), ("", False), ("-", False), ("A", False), ("a b", False), ("a/b", False), ("a.b", False)],
)
def test_an_identifier_is_small_letters_digits_and_hyphens(text, expected):
    assert is_identifier(text) is expected
