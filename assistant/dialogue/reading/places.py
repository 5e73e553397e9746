"""Places in what people say, marked character by character: here, elsewhere in the province, beyond."""

import re
from dataclasses import dataclass

from assistant.clauses import Gazetteer, Place

HERE, NEAR, FAR = "\ue001", "\ue002", "\ue003"
"""Each character of a place is replaced by one of these: the home city, its province, beyond."""

_HERE = re.compile(
    r"本市|本地|这边|这里|这儿|(?<=[在来到])这(?=读|上学|念|打工|工作|租|住|买|待|生活|做|干)|咱这|俺这|当地|你们那|你们这|我们这里?|市本级|(?<![\u4e00-\u9fff])市区|(?<=[在从])(?:城里|市里|市区|城区)|禾城"
)
_FAR = re.compile(r"外地|外省|外市|外面|老家|那边|别的城市|其他城市|别处|异地|原籍|省外")
_REGIONS = re.compile(
    r"(?P<name>河南|吉林|海南)(?!路|街|岸|新村|市|州|[\u4e00-\u9fff]族)|(?P<inner>内蒙)(?!古)|(?:苏|皖|鲁|豫|赣|鄂|湘|川|黔|滇|粤|桂|闽|冀|晋|陕)[东南西北中](?!路|街)|东北(?=那边|老家|人|的|来|户口|农村|[，。？]|$)"
)
"""Provinces whose short name another place has too, and parts of provinces."""
_NO_PLACE = re.compile(r"浙江省?(?=居住证|临时居住证|省?范围)|全市")


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """A place in the text: its range, how near it is, and the place where it has a name."""

    start: int
    end: int
    nearness: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The place a conversation is held about, and the names of all others."""

    gazetteer: Gazetteer
    home: Place

    def find(self, text: str) -> tuple[PlaceSaid, ...]:
        """Every place said in `text`, in order."""
        found = [PlaceSaid(m.start(), m.end(), HERE) for m in _HERE.finditer(text)]
        found += [PlaceSaid(m.start(), m.end(), FAR) for m in _FAR.finditer(text)]
        found += [self._region(m) for m in _REGIONS.finditer(text)]
        skipped = [m.span() for m in _NO_PLACE.finditer(text)]
        for mention in self.gazetteer.mentions(text):
            if any(s <= mention.start < e for s, e in skipped):
                continue
            if any(p.start < mention.end and mention.start < p.end for p in found):
                continue
            nearness = self._nearness(mention.place)
            found.append(PlaceSaid(mention.start, mention.end, nearness, mention.place))
        return tuple(sorted(found, key=lambda p: p.start))

    def _region(self, match: re.Match[str]) -> PlaceSaid:
        name = "内蒙古自治区" if match["inner"] else f"{match['name']}省" if match["name"] else None
        place = self.gazetteer.resolve(name) if name else None
        return PlaceSaid(match.start(), match.end(), FAR, place)

    def province(self, place: Place) -> str:
        """The name of the province that holds a place."""
        return self.gazetteer.name(f"{place.code[:2]}0000")

    def _nearness(self, place: Place) -> str:
        if place.code == self.home.code:
            return HERE
        return NEAR if place.code[:2] == self.home.code[:2] else FAR


def mark(text: str, places: tuple[PlaceSaid, ...]) -> str:
    """`text` with every character of a place replaced by its mark; the length stays."""
    chars = list(text)
    for place in places:
        chars[place.start : place.end] = place.nearness * (place.end - place.start)
    return "".join(chars)
