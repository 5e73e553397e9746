"""The spellings of a concept as regular expressions: their parts, their ends, their lengths."""

import re

_MACROS = {
    "{C}": "(?:子女|孩子|小孩子|小孩|小娃|娃娃|娃|儿女|儿子|女儿|儿子女儿|小朋友)",
    "{S}": "(?:配偶|老婆|妻子|老公|丈夫|爱人|另一半|媳妇|太太|(?<![保靠务助用障些类种放理管给])对象(?!已|就|放|范围|扩|包括|限|仅|只|为|是|可|有|必|应|须)|夫妻|两口子|夫妻俩)",
    "{P}": "(?:父母亲?|老人家?(?!院|卡|们?年)|爸妈|爹妈|爹娘|双亲|爸爸妈妈|老爸老妈|爸爸和妈妈|老爹老妈)",
    "{H}": "(?:住所|住房|房子|住处|房屋|居所|落脚处|地方住|住的地方)",
    "{J}": "(?:就业|工作|上班|职业|岗位|活儿)",
    "{N}": "(?:还没有?|尚未|未曾|没有?|未|不)",
}


def expanded(pattern: str) -> str:
    """`pattern` with the words for child, spouse, parents … in the place of their abbreviations."""
    for name, body in _MACROS.items():
        pattern = pattern.replace(name, body)
    return pattern


def branches(pattern: str) -> list[str]:
    """The alternatives of `pattern`, split outside brackets."""
    branches: list[str] = []
    depth = 0
    current = ""
    for char in pattern:
        depth += {"(": 1, ")": -1}.get(char, 0) if not current.endswith("\\") else 0
        if char == "|" and depth == 0:
            branches.append(current)
            current = ""
        else:
            current += char
    return [*branches, current]


def longest_match(pattern: str) -> int:
    """How many characters `pattern` can match at most, near enough to try longer spellings first."""
    bare = re.sub(r"\(\?<?[!=](?:[^()\\]|\\.)*\)", "", pattern)
    return max(_width(branch) for branch in branches(bare))


def _width(branch: str) -> int:
    total = position = 0
    while position < len(branch):
        start = position
        if branch[position] == "(":
            position = _closing(branch, position) + 1
            inner = branch[start + 1 : position - 1].removeprefix("?:")
            width = max(_width(part) for part in branches(inner))
        elif branch[position] == "[":
            position = branch.index("]", position) + 1
            width = 1
        else:
            position += 2 if branch[position] == "\\" else 1
            width = 1
        if repeat := re.match(r"\{\d+,(\d+)\}", branch[position:]):
            width *= int(repeat[1])
            position += repeat.end()
        elif branch[position : position + 1] == "?":
            position += 1
        total += width
    return total


def first_characters(pattern: str) -> frozenset[str]:
    """The characters with which a match of `pattern` can begin."""
    bare = re.sub(r"\(\?<?[!=](?:[^()\\]|\\.)*\)", "", pattern)
    return frozenset().union(*(_beginnings(branch) for branch in branches(bare)))


def _beginnings(branch: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    position = 0
    while position < len(branch):
        if branch[position] == "(":
            end = _closing(branch, position) + 1
            found |= first_characters(branch[position + 1 : end - 1].removeprefix("?:"))
        elif branch[position] == "[":
            end = branch.index("]", position) + 1
            found |= frozenset(branch[position + 1 : end - 1])
        else:
            end = position + (2 if branch[position] == "\\" else 1)
            found |= {branch[end - 1]}
        if branch[end : end + 1] != "?":
            return found
        position = end + 1
    return found


def _closing(text: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(text)):
        escaped = text[position - 1 : position] == "\\"
        depth += 0 if escaped else {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise ValueError(f"unbalanced brackets in {text!r}")
