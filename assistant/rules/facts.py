"""The dictionary of facts: which there are, what values they take, and how words become facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.errors import FactError
from assistant.rules.model import Fact, FactType, FactValue, Member
from assistant.rules.months import latest_start, whole_months

_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
_MOST_MONEY = Decimal(10) ** 12
_MEMBER_KEYS = {"relation", "minor", "cohabiting"}
_TYPE_WORDS = {
    FactType.BOOLEAN: "是或否（true / false）",
    FactType.INTEGER: "整数",
    FactType.DATE: "日期（如 2024-08-01）",
    FactType.MONEY: "金额（数字，单位元）",
    FactType.ENUM: "文字",
    FactType.LIST: "名单（每人写 relation、minor、cohabiting）",
}


class FactDictionary:
    """All facts by name; turns stated values into the values that rules read."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = {fact.name: fact for fact in facts}

    def __getitem__(self, name: str) -> Fact:
        """The entry; raises FactError, naming the fact."""
        try:
            return self._facts[name]
        except KeyError:
            raise FactError(
                f"没有名为「{name[:40]}」的事实。可用的事实见 GET /api/rules。", field=str(name)
            ) from None

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def parse(self, name: str, value: Any) -> FactValue:
        """One stated value, checked and typed; raises FactError."""
        fact = self[name]
        parsed = _PARSERS[fact.type](fact, value)
        _check_range(fact, parsed)
        return parsed

    def read(
        self,
        stated: Mapping[str, Any],
        on: date,
        said_on: Mapping[str, date] | None = None,
    ) -> dict[str, FactValue]:
        """Stated facts as rules read them: checked, completed, without the unknown ones.

        A duration is kept as the latest start that makes it by the day it was said
        (`said_on`, else `on`). Raises FactError for unknown names, wrong types, impossible or
        contradictory values. The order of `stated` does not matter.
        """
        said = said_on or {}
        known = {n: self.parse(n, v) for n, v in sorted(stated.items()) if v is not None}
        for name in [n for n, v in stated.items() if v is None]:
            self[name]
        self._drop(known)
        self._convert(known, on, said)
        self._imply(known)
        for name, value in known.items():
            self._check_days(self[name], value, known, said.get(name, on))
        return dict(sorted(known.items()))

    def _drop(self, known: dict[str, FactValue]) -> None:
        for name in sorted(known):
            for value, others in self._facts[name].drops:
                if known.get(name) == value:
                    for other in others:
                        known.pop(other, None)

    def _convert(self, known: dict[str, FactValue], on: date, said: Mapping[str, date]) -> None:
        for name in sorted(known):
            fact, value = self._facts[name], known[name]
            if fact.start_of is None or not isinstance(value, int):
                continue
            day = said.get(name, on)
            factor = 12 if fact.unit in {"年", "周岁"} else 1
            start = known.get(fact.start_of)
            if not isinstance(start, date):
                known[fact.start_of] = latest_start(value * factor, day)
            elif abs(whole_months(start, day) // factor - value) > fact.tolerance:
                other = self._facts[fact.start_of]
                raise FactError(
                    f"「{fact.label}」是 {value}{fact.unit or ''}，但「{other.label}」是 "
                    f"{start.isoformat()}，两者不一致。请只保留正确的一个。",
                    field=name,
                )

    def _imply(self, known: dict[str, FactValue]) -> None:
        waiting = sorted(known)
        while waiting:
            name = waiting.pop(0)
            for implied in self._facts[name].implies:
                if implied.when is not None and known[name] != implied.when:
                    continue
                stated = known.get(implied.fact)
                if stated is None:
                    known[implied.fact] = implied.value
                    waiting.append(implied.fact)
                elif stated != implied.value and not implied.soft:
                    other = self._facts[implied.fact]
                    raise FactError(
                        f"「{self._facts[name].label}」与「{other.label}」互相矛盾，"
                        "请核对后只保留正确的说法。",
                        field=name,
                    )

    def _check_days(
        self, fact: Fact, value: FactValue, known: Mapping[str, FactValue], said: date
    ) -> None:
        if not isinstance(value, date):
            return
        if fact.past and value > said:
            raise FactError(
                f"「{fact.label}」是 {value.isoformat()}，晚于 {said.isoformat()}，还没有发生。"
                "请核对日期。",
                field=fact.name,
            )
        for other in fact.not_before:
            earlier = known.get(other)
            if isinstance(earlier, date) and value < earlier:
                raise FactError(
                    f"「{fact.label}」是 {value.isoformat()}，早于「{self._facts[other].label}」"
                    f"的 {earlier.isoformat()}，不可能。请核对日期。",
                    field=fact.name,
                )


def _wrong_type(fact: Fact, value: Any) -> FactError:
    wanted = _TYPE_WORDS[fact.type]
    return FactError(
        f"「{fact.label}」应当是{wanted}，收到的是「{_shown(value)}」。", field=fact.name
    )


def _shown(value: Any) -> str:
    """A value to show in a message; Python refuses to print integers of thousands of digits."""
    try:
        return str(value)[:40]
    except ValueError:
        return "一个很长的数"


def _parse_boolean(fact: Fact, value: Any) -> FactValue:
    if not isinstance(value, bool):
        raise _wrong_type(fact, value)
    return value


def _parse_integer(fact: Fact, value: Any) -> FactValue:
    if isinstance(value, bool) or not isinstance(value, int) or value.bit_length() > 64:
        raise _wrong_type(fact, value)
    return value


def _parse_date(fact: Fact, value: Any) -> FactValue:
    if isinstance(value, str) and len(value) == 10:
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise _wrong_type(fact, value) from None
    if type(value) is not date:  # a datetime is a date too, with an hour that means nothing here
        raise _wrong_type(fact, value)
    if not _FIRST_DAY <= value <= _LAST_DAY:
        raise FactError(
            f"「{fact.label}」是 {value.isoformat()}，不在 {_FIRST_DAY.year} 年至 "
            f"{_LAST_DAY.year} 年之间。请核对年份。",
            field=fact.name,
        )
    return value


def _parse_money(fact: Fact, value: Any) -> FactValue:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise _wrong_type(fact, value)
    try:
        amount = Decimal(str(value))
    except (InvalidOperation, ValueError):
        raise _wrong_type(fact, value) from None
    if not amount.is_finite():
        raise _wrong_type(fact, value)
    if not 0 <= amount <= _MOST_MONEY:
        raise FactError(
            f"「{fact.label}」是 {_shown(value)}，应当不小于 0、不大于一万亿元。请核对金额。",
            field=fact.name,
        )
    return amount


def _parse_enum(fact: Fact, value: Any) -> FactValue:
    if isinstance(value, bool):
        value = "true" if value else "false"
    if not isinstance(value, str) or not value:
        raise _wrong_type(fact, value)
    choice = fact.aliases.get(value, value)
    if fact.choices and choice not in fact.choices:
        choices = "、".join(fact.choices)
        raise FactError(
            f"「{fact.label}」不能是「{value[:40]}」。可以填：{choices}。", field=fact.name
        )
    return choice


def _parse_list(fact: Fact, value: Any) -> FactValue:
    if not isinstance(value, list | tuple) or len(value) > 50:
        raise _wrong_type(fact, value)
    members = tuple(_parse_member(fact, item) for item in value)
    return tuple(sorted(members, key=lambda m: (m.relation, str(m.minor), str(m.cohabiting))))


def _parse_member(fact: Fact, item: Any) -> Member:
    if isinstance(item, Member):
        item = item._asdict()
    if not isinstance(item, Mapping) or not set(item) <= _MEMBER_KEYS or "relation" not in item:
        raise _wrong_type(fact, item)
    relation = _parse_enum(fact, item["relation"])
    for key in ("minor", "cohabiting"):
        if not isinstance(item.get(key), bool | None):
            raise _wrong_type(fact, item)
    return Member(str(relation), item.get("minor"), item.get("cohabiting"))


_PARSERS: dict[FactType, Callable[[Fact, Any], FactValue]] = {
    FactType.BOOLEAN: _parse_boolean,
    FactType.INTEGER: _parse_integer,
    FactType.DATE: _parse_date,
    FactType.MONEY: _parse_money,
    FactType.ENUM: _parse_enum,
    FactType.LIST: _parse_list,
}


def _check_range(fact: Fact, value: FactValue) -> None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return
    low, high = fact.minimum, fact.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{low if low is not None else ''} 至 {high if high is not None else ''}"
        raise FactError(
            f"「{fact.label}」是 {value}{fact.unit or ''}，不可能：应当在 {bounds} 之间。",
            field=fact.name,
        )
