"""Lengths of time and points in time, and the words that shade them: 不到, 快, 大概, 左右."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.clauses.numerals import quantities

NUMERAL = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,5}|俩|仨)"

YEAR4 = r"(?:(?:19|20)\d{2}|[一二][零〇○九0][零〇○一二三四五六七八九]{2})"

YEAR2 = r"(?<![\d.])(?:[0-9]\d|[零〇一二五六七八九][零〇一二三四五六七八九])"

MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|正|腊)"

DAY = r"(?:3[01]|[12]\d|0?[1-9]|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])"

BELOW = r"(?:还)?(?:没有?|未|不|尚未)(?:登记|交|缴|住|租|做|干|上班?)?(?:满|到|足|够)(?:了)?|不足|不够|还不到"

NEARLY = r"(?:眼看|马上|就)?(?:快要?|将近|接近|临近|近)(?:满|到|有)?|马上(?:就)?满|就要满|即将满"

ABOUT = r"(?:差不多|大概|大约|约摸|约莫|估摸着?|八成|怕是|恐怕|没准|约|大致|好像|好象|可能|估计|应该|兴许|也许|得有|似乎|貌似)(?:也)?(?:是|有|满|快)?(?:了)?"

ATLEAST = r"(?:少说|起码|至少|最少|超过|不止|不低于|多于)(?:也)?(?:有|是|了)?"

AFTER_ABOUT = r"(?:左右|光景|开外|上下|的样子|来月|前后|样子|出头)"

MOST = 40  # times and ages in one message; more of them is no question


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number said at a place in the text; `low` and `high`: what the words leave open."""

    start: int
    end: int
    value: int
    low: int | None = None
    high: int | None = None
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Months(Whole):
    """A length of time in months; `ago`: it is told as a point (半年前)."""

    ago: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the stretch that `low` and `high` leave open; `value` is its last day."""

    start: int
    end: int
    value: date
    low: date | None = None
    high: date | None = None
    hedged: bool = False
    counted: bool = False  # reckoned from a number of days: 180天


Time = Months | Point


@lru_cache(maxsize=2048)
def number(numeral: str) -> int | None:
    """The value of 45, 四十五, 三十有八, 俩; None for what is no whole number."""
    found = quantities(f"{numeral.replace('有', '')}元")
    if len(found) != 1 or found[0].unit != "元" or found[0].value != int(found[0].value):
        return None
    return int(found[0].value)
