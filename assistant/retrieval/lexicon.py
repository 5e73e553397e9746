"""How people say what the notices call by another name: 上户口 is 落户, 老婆 is 配偶."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from assistant.clauses.numerals import normalize
from assistant.errors import ManifestError

FULL_WEIGHT = 0.5  # an expanded term counts half of what the person wrote; alternatives share it
LEAST_LENGTH = 2  # a single character matches inside too many other words
MOST_ALTERNATIVES = 6  # a word that may mean more than this tells nothing

CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "person": "人员、身份",
        "relation": "亲属关系",
        "qualification": "学历、职称、技能、荣誉",
        "paper": "证件、证明、材料",
        "place": "地点、住所、户的种类",
        "authority": "机关、单位、经办机构",
        "action": "办理的事项、行为",
        "benefit": "待遇、补助、奖励",
        "scheme": "制度、险种、办法",
        "condition": "条件、限制",
        "time": "时间、期限",
        "document": "文件、公报、立法",
        "asking": "问法：材料、流程、地点、时限、电话",
        "topic": "其他",
    }
)

_ENTRY_KEYS = frozenset({"official", "said", "category", "general", "note"})
_FILE_KEYS = frozenset({"title", "entries", "ordinary", "characters"})
_SPACE = re.compile(r"\s+")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is built in


@dataclass(frozen=True, slots=True)
class Entry:
    """What people say, and the official terms it may stand for."""

    official: tuple[str, ...]
    said: tuple[str, ...]
    category: str | None  # None: every official term is given its category by another entry
    general: bool  # terms of neighbouring fields, which our own notices need not use
    where: str  # file and position, for error messages


@dataclass(frozen=True, slots=True)
class Expansion:
    """One colloquial form found in a question, with the terms to search for beside it."""

    said: str
    official: tuple[str, ...]
    weight: float


class Lexicon:
    """All entries of a corpus, checked against each other and ready for matching."""

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        ordinary: Iterable[str] = (),
        characters: Mapping[str, str] | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.ordinary = tuple(ordinary)
        self._characters = dict(characters or {})
        self._fold = str.maketrans(self._characters)
        self.official_terms: Mapping[str, str] = MappingProxyType(_categories(self.entries))
        self.general_terms = _general(self.entries)
        # Longer terms shield the words inside them: 基本养老保险 holds no 养老.
        self._table: dict[str, Expansion | None] = dict.fromkeys(
            map(self._key, (*self.ordinary, *self.official_terms))
        )
        self._table.update(self._expansions())
        _refuse_cycles(
            {key: [self._key(term) for term in found.official] for key, found in self._found()}
        )
        self._lengths = _lengths_by_first_character(self._table)

    def expand(self, question: str) -> tuple[Expansion, ...]:
        """Colloquial forms in `question`, longest first where they overlap, in reading order."""
        text = self._key(question)
        spans = sorted(self._spans(text), key=lambda span: (span[0] - span[1], span[0]))
        free = [True] * len(text)
        chosen: dict[Expansion, int] = {}
        for start, end in spans:
            if not all(free[start:end]):
                continue
            free[start:end] = [False] * (end - start)
            expansion = self._table[text[start:end]]
            if expansion is not None:
                chosen[expansion] = min(start, chosen.get(expansion, start))
        return tuple(sorted(chosen, key=chosen.__getitem__))

    def fold(self, text: str) -> str:
        """`text` with traditional and look-alike characters replaced, one for one."""
        return text.translate(self._fold)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, whatever the files' comments, notes and order of keys."""
        content = [
            [[entry.official, entry.said, entry.category, entry.general] for entry in self.entries],
            self.ordinary,
            sorted(self._characters.items()),
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def _key(self, text: str) -> str:
        return _SPACE.sub("", normalize(self.fold(text)))

    def _expansions(self) -> dict[str, Expansion]:
        found: dict[str, Expansion] = {}
        homes: dict[str, str] = {}
        for entry in self.entries:
            weight = FULL_WEIGHT / math.sqrt(len(entry.official))
            for said in entry.said:
                key = self._key(said)
                if key in homes:
                    raise ManifestError(
                        f"词典：说法「{said}」写了两次（{homes[key]}；{entry.where}）。"
                        "请只留一处，把几种可能的正式用语写进同一条的 official。",
                        field="said",
                    )
                homes[key] = entry.where
                found[key] = Expansion(said, entry.official, weight)
        return found

    def _found(self) -> Iterator[tuple[str, Expansion]]:
        return ((key, found) for key, found in self._table.items() if found is not None)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for start, character in enumerate(text):
            for length in self._lengths.get(character, ()):
                if text[start : start + length] in self._table and start + length <= len(text):
                    yield start, start + length


def load_lexicon(root: Path) -> Lexicon:
    """The lexicon of the corpus at `root`, from `lexicon/*.yaml`; empty where there is none."""
    entries: list[Entry] = []
    ordinary: list[str] = []
    characters: dict[str, str] = {}
    for path in sorted((root / "lexicon").glob("*.yaml")):
        content = _read(path)
        entries += [
            _entry(raw, f"{path.name} 第 {number} 条")
            for number, raw in enumerate(_list(content, "entries", path.name), start=1)
        ]
        ordinary += _words(content, "ordinary", path.name)
        characters |= _characters(content, path.name)
    return Lexicon(entries, ordinary=ordinary, characters=characters)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ManifestError(
            f"词典 {path.name} 读不出来：{error}。请检查缩进、冒号和逗号（要用半角），并存为 UTF-8。"
        ) from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise ManifestError(f"词典 {path.name} 的最外层应当是 entries: 列表，请参看 README.md。")
    _refuse_unknown(content, _FILE_KEYS, path.name)
    return content


def _entry(raw: object, where: str) -> Entry:
    if not isinstance(raw, dict):
        raise ManifestError(f"词典 {where} 应当写成 {{official: […], said: […], category: …}}。")
    _refuse_unknown(raw, _ENTRY_KEYS, where)
    official = _words(raw, "official", where)
    said = _words(raw, "said", where)
    category = raw.get("category")
    general = raw.get("general", False)
    if not official:
        raise ManifestError(
            f"词典 {where} 没有正式用语（official）。请至少写一个。", field="official"
        )
    if not said and category is None:
        raise ManifestError(
            f"词典 {where} 既没有说法（said），也没有类别（category），不起作用。"
            "请补一项，或删去这一条。",
            field="said",
        )
    if said and len(official) > MOST_ALTERNATIVES:
        raise ManifestError(
            f"词典 {where} 有 {len(official)} 个正式用语，最多 {MOST_ALTERNATIVES} 个："
            "一个说法指的东西太多，检索就会跑偏。请拆开或删减。",
            field="official",
        )
    if category is not None and category not in CATEGORIES:
        raise ManifestError(
            f"词典 {where} 的类别「{category}」不认识。可用的类别："
            + "、".join(f"{name}（{label}）" for name, label in CATEGORIES.items()),
            field="category",
        )
    if not isinstance(general, bool):
        raise ManifestError(f"词典 {where} 的 general 只能是 true 或 false。", field="general")
    return Entry(tuple(official), tuple(said), category, general, where)


def _words(raw: Mapping[str, Any], key: str, where: str) -> list[str]:
    words = _list(raw, key, where)
    for word in words:
        if not isinstance(word, str):
            raise ManifestError(
                f"词典 {where} 的 {key} 里有「{word}」，它不是文字。数字和日期请加引号。", field=key
            )
        if len(word.strip()) < LEAST_LENGTH:
            raise ManifestError(
                f"词典 {where} 的 {key} 里有「{word}」：至少要两个字，"
                "单字会配到许多不相干的词里。请写成完整的说法，或删去。",
                field=key,
            )
    repeated = next((word for word in words if words.count(word) > 1), None)
    if repeated is not None:
        raise ManifestError(
            f"词典 {where} 的 {key} 里「{repeated}」写了两次，请删去一个。", field=key
        )
    return words


def _list(raw: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = raw.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ManifestError(f"词典 {where} 的 {key} 应当是列表，例如 {key}: [甲, 乙]。", field=key)
    return value


def _characters(content: Mapping[str, Any], where: str) -> dict[str, str]:
    value = content.get("characters") or {}
    if not isinstance(value, dict):
        raise ManifestError(f"词典 {where} 的 characters 应当写成 {{戶: 户}}。", field="characters")
    for written, meant in value.items():
        if not (isinstance(written, str) and isinstance(meant, str)) or (
            len(written) != 1 or len(meant) != 1 or written == meant
        ):
            raise ManifestError(
                f"词典 {where} 的 characters 里「{written}: {meant}」不对：左右各一个字，且不能相同。",
                field="characters",
            )
    return value


def _refuse_unknown(raw: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(str(key) for key in raw if key not in known)
    if unknown:
        raise ManifestError(
            f"词典 {where} 有不认识的项：{'、'.join(unknown)}。可用：{'、'.join(sorted(known))}。",
            field=unknown[0],
        )


def _categories(entries: Iterable[Entry]) -> dict[str, str]:
    """Each official term's one category; an entry without category only uses terms of others."""
    declared: dict[str, tuple[str, str]] = {}
    entries = tuple(entries)
    for entry in entries:
        for term in entry.official if entry.category is not None else ():
            category, where = declared.setdefault(term, (entry.category or "", entry.where))
            if category != entry.category:
                raise ManifestError(
                    f"词典：正式用语「{term}」有两个类别：{category}（{where}）和 "
                    f"{entry.category}（{entry.where}）。请改成一致；"
                    "只是引用别处已登记的用语时，不写 category。",
                    field="category",
                )
    for entry in entries:
        missing = [term for term in entry.official if term not in declared]
        if missing:
            raise ManifestError(
                f"词典 {entry.where} 的正式用语「{'、'.join(missing)}」还没有类别。"
                "请给这一条写上 category，或先在别的条目里登记它。",
                field="category",
            )
    return {term: category for term, (category, _) in declared.items()}


def _general(entries: Iterable[Entry]) -> frozenset[str]:
    """Official terms that belong to neighbouring fields, wherever they are given a category."""
    declared = [entry for entry in entries if entry.category is not None]
    ours = {term for entry in declared if not entry.general for term in entry.official}
    return frozenset(term for entry in declared for term in entry.official if term not in ours)


def _refuse_cycles(edges: Mapping[str, list[str]]) -> None:
    """A form that leads back to itself says which word is the official one wrongly somewhere."""
    done: set[str] = set()
    for first in edges:
        path: dict[str, None] = {}
        stack: list[tuple[str, Iterator[str]]] = [(first, iter(edges[first]))]
        path[first] = None
        while stack:
            node, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                stack.pop()
                path.pop(node)
                done.add(node)
            elif target in path:
                chain = [*list(path)[list(path).index(target) :], target]
                raise ManifestError(
                    f"词典里有循环：{' → '.join(chain)}。"
                    "请决定哪一个是正式用语，并从 said 里删去它。",
                    field="said",
                )
            elif target in edges and target not in done:
                path[target] = None
                stack.append((target, iter(edges[target])))


def _lengths_by_first_character(table: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for key in table:
        lengths.setdefault(key[0], set()).add(len(key))
    return {character: tuple(sorted(found)) for character, found in lengths.items()}
