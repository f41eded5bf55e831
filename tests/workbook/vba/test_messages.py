import re

import pytest

from perfeval_xl.workbook.vba.messages import messages_module


def spoken(module):
    """What each function of the module returns: the concatenations evaluated."""
    texts = {}
    for name, body in re.findall(
        r"Public Function (\w+)\(\) As String\r\n(.*?)End Function", module.text, re.DOTALL
    ):
        pieces = re.findall(r'ChrW\$\((\d+)\)|"([ -~]*?)"|(vbLf)', body)
        joined = "".join(chr(int(code)) if code else "\n" if line else plain for code, plain, line in pieces)
        texts[name] = joined.encode("utf-16", "surrogatepass").decode("utf-16")
    return texts


@pytest.mark.parametrize(
    "text",
    ["未找到 Python 运行环境。\n请运行“自检”。", "a", "", '引号 " 在中间', "𠮷野家 ABC" * 40, "x" * 900],
)
def test_each_text_is_put_together_from_code_points(text):
    literal = text.replace('"', '\\"').replace("\n", "\\n")
    module = messages_module(f'Title = "绩效自评"\nText = "{literal}"\n')
    assert spoken(module) == {"Title": "绩效自评", "Text": text}
    assert module.text.isascii()


def test_characters_beyond_the_basic_plane_become_two_code_units():
    assert "ChrW$(55362) & ChrW$(57271)" in messages_module('Text = "𠮷"').text


def test_the_module_is_hidden_from_the_clerk():
    assert "\r\nOption Private Module\r\n" in messages_module('Text = "x"').text
