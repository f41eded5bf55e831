"""结余和可支付月数: income less expenditure, balance over monthly expenditure."""

from __future__ import annotations

import re

from perfeval_xl.core.finding import ERROR, EXPLAIN
from perfeval_xl.core.number import plain, rounded
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.report.mention import MONEY, MONTHS, Mention
from perfeval_xl.report.statement import Statement, holds, quotient_fits, said, shown, subsets, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from perfeval_xl.report.sentence import Sentence

_BALANCE = re.compile(r"结余|结转|节余|剩余|余额|结存")
_CARRIED = re.compile(r"上年|上期|年初|历年|期初")
_CUMULATIVE = re.compile(r"累计|滚存|年末余额|期末")
_OUT = re.compile(r"支出|支付|使用|执行|列支|花费|已用|用于|拨付")
_IN = re.compile(r"收入|预算|下达|结转|到位|拨入|拨款|安排|资金|总额|共|期初|年初|上年|补助")
_NOT_INCOME = re.compile(r"支出|支付|使用|执行")
_CHANGE = re.compile(r"较|比|增加|减少|增长|下降|占|其中|月均|低于|高于|超|追加")
_OTHER_WAYS = re.compile(r"收回|上缴|缴回|调减|核减|退回|调剂|调出|净结余")
_FEW = 6
_MONTHLY = re.compile(r"月均|每月|月平均")
_MONTHS_NAME = re.compile(r"支付|支撑|支持")


def balances(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """Balances whose income and expenditure stand in the same sentence; a running total without its opening balance is left alone."""
    del before
    for balance in sentence.of(MONEY):
        name = sentence.name(balance)
        if _BALANCE.search(name) and not _CARRIED.search(name) and not balance.hedged and not _is_other(name):
            yield from _balance(sentence, balance, name)


def _is_other(name: str) -> bool:
    return bool(_CHANGE.search(name)) or bool(re.search(r"定期|存款|预算|目标|预计|占|率", name))


def _balance(sentence: Sentence, balance: Mention, name: str) -> Iterator[Statement]:
    start, _ = sentence.segment(balance.at)
    near = _roles(sentence, sentence.of(MONEY, start, balance.at + 1), balance)
    income, spent = near if all(near) else _roles(sentence, sentence.of(MONEY), balance)
    if not income or not spent:
        return
    pairs = ((one, other) for one in subsets(income, most=_FEW) for other in subsets(spent, most=_FEW) if not set(one) & set(other))
    if any(total(one).minus(total(other)).meets(balance.interval) for one, other in pairs):
        yield holds("balance", sentence, balance)
        return
    has_opening = any(_CARRIED.search(sentence.name(m)) or "结转" in sentence.name(m) for m in income)
    if _CUMULATIVE.search(name) or (re.search(r"年末|期末|年底", name) and not has_opening) or _OTHER_WAYS.search(sentence.mask):
        return
    is_carried = len(income) == 2 and any(re.search(r"上年|结转|期初|年初结", sentence.name(m)) for m in income)
    is_plain = all(near) and len(spent) == 1 and (len(income) == 1 or is_carried) and not any(m.hedged for m in (*income, *spent))
    is_whole = len(sentence.of(MONEY, start, balance.at)) == len(income) + len(spent)
    right = said(sum(m.base for m in income) - sum(m.base for m in spent), balance)
    yield Statement(
        "balance", "C11" if re.search("收入", sentence.name(income[0])) else "C10", ERROR if is_plain and is_whole else EXPLAIN,
        sentence, balance, (*income, *spent, balance),
        f"{shown(income)}-{shown(spent, '-')}={right}, 报告写的是 {shown((balance,))}", right, "请核对收入、支出和结余, 改正写错的一个",
    )  # fmt: skip


def _roles(sentence: Sentence, amounts: Sequence[Mention], balance: Mention) -> tuple[list[Mention], list[Mention]]:
    income, spent = [], []
    for mention in amounts:
        name = sentence.name(mention)
        if mention is balance or _CHANGE.search(name) or (_BALANCE.search(name) and not _CARRIED.search(name) and "结转" not in name):
            continue
        if _IN.search(name) and (not _NOT_INCOME.search(name) or name.endswith("预算")):
            income.append(mention)
        elif _OUT.search(name):
            spent.append(mention)
    return income, spent


def months(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """可支付月数: the balance over the monthly expenditure the sentence names; another base is a question, not an error."""
    del before
    amounts = sentence.of(MONEY)
    for mention in sentence.of(MONTHS):
        name = sentence.name(mention)
        monthly = [m for m in amounts if _MONTHLY.search(sentence.name(m))]
        held = [m for m in amounts if _BALANCE.search(sentence.name(m)) and "当期" not in sentence.name(m)]
        if not _MONTHS_NAME.search(name) or not held or mention.hedged:
            continue
        yearly = [m for m in amounts if "支出" in sentence.name(m) and m not in monthly]
        bases = [m.interval for m in monthly] + [m.interval.times(1 / 12) for m in yearly]
        if any(quotient_fits(one.interval, base, mention.interval) for one in held for base in bases):
            yield holds("months", sentence, mention)
        elif monthly and not any(m.hedged for m in (*held, *monthly)):
            one, base = held[-1], monthly[-1]
            right = f"{plain(rounded(one.base / base.base, 2))}个月"
            level = ERROR if len(held) == len(monthly) == 1 and not yearly else EXPLAIN
            yield Statement(
                "months", "E09", level, sentence, mention, (one, base, mention),
                f"{shown((one,))}÷{shown((base,))}={right}, 报告写的是 {sentence.printed(mention)}", right, "请核对累计结余、月均支出和可支付月数",
            )  # fmt: skip
