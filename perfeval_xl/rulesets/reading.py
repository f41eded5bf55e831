"""读评分办法文件: from TOML to an Edition, refusing what is unknown, unsourced or contradictory."""

from __future__ import annotations

import tomllib

from perfeval_xl import rulesets
from perfeval_xl.core.memory import cache
from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.rulesets.agreement import agreement_mistakes
from perfeval_xl.rulesets.edition import edition_of
from perfeval_xl.rulesets.loader import available
from perfeval_xl.rulesets.office import office_path
from perfeval_xl.rulesets.refusal import RulesetError
from perfeval_xl.rulesets.shape import is_identifier, shape_mistakes
from perfeval_xl.rulesets.shipped import IDS
from perfeval_xl.rulesets.sound_part import SoundPart, sound_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from perfeval_xl.rulesets.edition import Edition

_SHUT = "文件打不开; 请核对它不是文件夹, 也没有被别的程序占用"


@cache
def edition(ruleset_id: str) -> Edition:
    """自带的评分办法 with its documents and labels, from its TOML file; ``ruleset_id`` as in ``available``.

    >>> edition("mof-2021-101").documents[-1].number
    '财预〔2021〕101号'
    """
    return read_edition(shipped_path(ruleset_id))


def edition_file(path: str) -> Edition:
    """单位自己的评分办法 with its documents and labels; raises RulesetError, never OSError.

    A file that carries a shipped id but says something else is refused: two rulesets of one name.
    """
    try:
        found = read_edition(path)
    except FileNotFoundError:
        raise RulesetError(path, "找不到这个文件, 请核对路径") from None
    except OSError:
        raise RulesetError(path, _SHUT) from None
    own = found.ruleset.id
    if own in IDS and found != edition(own):
        raise RulesetError(_file_name(path), _taken(own))
    return found


def shipped_path(ruleset_id: str) -> str:
    """The file of an available ruleset: shipped, or brought by a rule pack."""
    if ruleset_id not in IDS:
        return office_path(ruleset_id)
    return f"{rulesets.__path__[0]}/{ruleset_id}.toml"


def edition_below(found: Edition, path: str) -> Edition | None:
    """上级办法: what the edition read from ``path`` is based on; None for one that stands alone."""
    return _parent(path, found.ruleset.based_on or None, (found.ruleset.id,))


def read_edition(path: str, trail: tuple[str, ...] = ()) -> Edition:
    """One file and what it is based on; ``trail`` are the ids already on the way here, the last of which named it."""
    data = _toml(path)
    mistakes = [*shape_mistakes(data), *_id_mistakes(path, data, named=bool(trail))]
    below = data.get("based_on")
    is_known = not (trail and mistakes) and (below is None or (isinstance(below, str) and is_identifier(below)))
    try:
        parent = _parent(path, below, (*trail, str(data.get("id")))) if is_known else None
    except RulesetError as error:
        if error.source != _file_name(path) and not mistakes:
            raise
        parent, is_known = None, False
        mistakes += _of_parent(error, path)
    part = sound_part(data) if mistakes else SoundPart(dict(data))
    found = edition_of(part.data, parent)
    doubtful = part.doubtful if is_known else part.doubtful | {""}
    mistakes += agreement_mistakes(found, doubtful, lists_documents=part.lists_documents and is_known)
    if mistakes and not trail and data.get("id") in IDS:
        mistakes.append(_taken(data["id"]))
    _refuse(path, *mistakes)
    return found


def _taken(own: str) -> str:
    return f'编号 {own} 是自带的办法, 内容却不同; 请另取一个 id, 并写 based_on = "{own}"'


def _of_parent(error: RulesetError, path: str) -> list[str]:
    """What stands in the way of the file below, said of the file that names it."""
    foreign = "" if error.source == _file_name(path) else f"based_on 的 {error.source} 也不能用: "
    return [foreign + mistake for mistake in error.mistakes]


def _id_mistakes(path: str, data: Mapping[str, Any], *, named: bool) -> Iterator[str]:
    """A file that another names must bear its id as its name, else a circle of files could hide behind other ids."""
    own, name = data.get("id"), _file_name(path).removesuffix(".toml")
    if named and isinstance(own, str) and own != name:
        yield f"编号是 {own}, 文件名却是 {name}.toml; 被 based_on 引用的文件, 编号要与文件名相同"


def _toml(path: str) -> dict[str, Any]:
    with open(path, "rb") as file:  # noqa: PTH123 - one read needs no pathlib
        content = file.read()
    text = ""
    try:
        text = content.decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError:
        mistake = "不是 UTF-8 编码; 请用记事本另存为, 编码选 UTF-8"
    except tomllib.TOMLDecodeError as error:
        mistake = _syntax_mistake(str(error), text.splitlines())
    except RecursionError:
        mistake = "括号套得太深, 这不是评分办法文件"
    raise RulesetError(_file_name(path), mistake)


def _refuse(path: str, *mistakes: str) -> None:
    if mistakes:
        raise RulesetError(_file_name(path), *mistakes)


def _parent(path: str, based_on: str | None, trail: tuple[str, ...]) -> Edition | None:
    if based_on is None:
        return None
    if based_on in trail:
        raise RulesetError(_file_name(path), f"based_on 绕成了圈: {' → '.join((*trail, based_on))}; 请去掉一处")
    folder = path.replace("\\", "/").rpartition("/")[0] or "."
    place = shipped_path(based_on) if based_on in available() else f"{folder}/{based_on}.toml"
    try:
        return read_edition(place, trail)
    except FileNotFoundError:
        wanted = f"based_on 的「{based_on}」找不到; 自带的有 {', '.join(available())}; 自己的请放在同一文件夹, 名为 {based_on}.toml"
        raise RulesetError(_file_name(path), wanted) from None
    except OSError:
        raise RulesetError(_file_name(place), _SHUT) from None


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def _syntax_mistake(message: str, lines: list[str]) -> str:
    """The message of tomllib in words for someone who never saw TOML."""
    what, _, place = message.rpartition(" (at ")
    number = place.partition("line ")[2].partition(",")[0]
    where = f"第 {number} 行" if number else "文件末尾"
    if what.startswith(("Cannot overwrite", "Cannot declare")):
        return f"{where}重复了前面已经写过的键或段; 请删去一处"
    if what.startswith("Invalid date"):
        return f"{where}的日期不存在; 请核对年、月、日"
    wide = _wide_marks(lines[int(number) - 1]) if number else ""
    if wide:
        return f"{where}不合 TOML 写法; 引号、等号、逗号、括号要用英文的, 不能用「{wide}」"
    return f"{where}不合 TOML 写法; 文字要加英文双引号, 日期写成 2024-01-01, 括号和引号要成对"


def _wide_marks(line: str) -> str:
    """Marks of a Chinese keyboard outside the texts of a line."""
    outside = "".join(line.split('"')[::2])
    return "".join(mark for mark in "“”‘’＝，：｛｝［］【】" if mark in outside)
