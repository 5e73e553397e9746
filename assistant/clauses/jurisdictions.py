"""Where a notice binds: GB/T 2260 codes, place names as people say them, and which covers which."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.errors import UnknownPlaceError

_SUFFIX = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|地区|盟|省|市|区|县)$")
_AMBIGUOUS_SHORT = frozenset(
    {
        "朝阳",
        "东方",
        "海南",
        "吉林",
        "河南",
        "安宁",
        "大同",
        "永安",
        "平安",
        "和平",
        "安康",
        "兴平",
        "上城",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction with, where the person named one, the county or district within it."""

    code: str
    name: str
    area: str | None = None
    area_code: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in a text, with the range of its name."""

    place: Place
    start: int
    end: int


def binds_at(jurisdiction: str, place: Place) -> bool:
    """Whether a document of `jurisdiction` reaches `place`: its own, or one that contains it."""
    target = place.area_code or place.code
    return jurisdiction in ancestors(target) or jurisdiction in ancestors(place.code)


def ancestors(code: str) -> tuple[str, ...]:
    """The codes whose documents reach `code`: nation, province, prefecture, itself."""
    chain = ("000000", f"{code[:2]}0000", f"{code[:4]}00", code)
    return tuple(dict.fromkeys(chain))


class Gazetteer:
    """Names of places; built from corpus/jurisdictions.yaml by the loader."""

    def __init__(self, names: Mapping[str, str], aliases: Mapping[str, Iterable[str]]) -> None:
        self._names = dict(names)
        self._by_name: dict[str, str] = {}
        for code, name in sorted(self._names.items(), key=lambda item: item[0]):
            self._by_name.setdefault(name, code)
            short = _SUFFIX.sub("", name)
            worth = code.endswith("00") or code.startswith("33")
            if worth and len(short) >= 2 and short not in _AMBIGUOUS_SHORT:
                self._by_name.setdefault(short, code)
        for code, others in aliases.items():
            for other in others:
                self._by_name[other] = code

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted(self._by_name, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)))

    def name(self, code: str) -> str:
        """The official name of a code; raises UnknownPlaceError."""
        try:
            return self._names[code]
        except KeyError:
            raise UnknownPlaceError(
                f"没有代码为「{code}」的行政区划。", field="jurisdiction"
            ) from None

    def resolve(self, name: str) -> Place:
        """The place that a name stands for; 海宁 is 嘉兴市 with area 海宁市.

        Raises UnknownPlaceError for a name that stands for nothing we know.
        """
        text = re.sub(r"\s+", "", name)
        if text not in self._by_name:  # 浙江省 itself is a place
            text = re.sub(r"^(?:中国|浙江省?)(?=.)", "", text)
        code = (self._names.get(text) and text) or self._by_name.get(text)
        if code is None:
            found = list(self.mentions(text))
            if found and found[0].start == 0 and found[-1].end == len(text):
                return found[-1].place
            raise UnknownPlaceError(
                f"不认识地名「{name}」。请填写城市或县（市、区）的名称，例如：嘉兴市、海宁市。",
                field="jurisdiction",
            )
        return self._place(code)

    def mentions(self, text: str) -> tuple[PlaceMention, ...]:
        """Every place named in `text`, longest names first, without overlaps."""
        return tuple(
            PlaceMention(self._place(self._by_name[m.group()]), m.start(), m.end())
            for m in self._pattern.finditer(text)
        )

    def _place(self, code: str) -> Place:
        if code.endswith("00") or code[:4] + "00" not in self._names:
            return Place(code, self._names[code])
        parent = f"{code[:4]}00"
        area = self._names.get(code, "市本级")
        return Place(parent, self._names[parent], area, code)
