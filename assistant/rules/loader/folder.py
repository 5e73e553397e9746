"""The folder of rules, file by file; every error names the file and the place in it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import FactError, RuleError
from assistant.rules.book import RuleBook
from assistant.rules.facts import FactDictionary
from assistant.rules.loader.facts import mentions, read_fact, typed
from assistant.rules.loader.parameters import read_parameter
from assistant.rules.loader.rule_files import RuleReader
from assistant.rules.model import Parameter

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C where there is one


def load_rules(root: Path) -> RuleBook:
    """Load `root` (the folder `corpus/rules`); raises RuleError, naming file and place.

    A corpus of texts alone, without that folder, has no rules.
    """
    if not root.exists():
        return RuleBook(FactDictionary(()), (), ())
    facts = load_facts(root / "facts.yaml")
    files = sorted(p for p in root.glob("*/*.yaml"))
    raw = {file: _read_yaml(file) for file in files}
    parameters: dict[str, Parameter] = {}
    for file, content in raw.items():
        for name, entry in content.get("parameters", {}).items():
            if name in parameters:
                raise RuleError(f"{file.name}：参数 {name} 在别处已经写过，请只写一次。")
            parameters[name] = _located(file, name, partial(read_parameter, name, entry))
    rules = []
    for file, content in raw.items():
        rule = _located(file, "", partial(RuleReader(facts, parameters).rule, content))
        if (rule.id, rule.jurisdiction) != (file.stem, file.parent.name):
            raise RuleError(f"{file.name}：rule 与 jurisdiction 应当与文件名、文件夹名一致。")
        rules.append(rule)
    rules.sort(key=lambda r: (r.order, r.id))
    if len({r.id for r in rules}) < len(rules):
        raise RuleError("规则号重复：每个规则号只能有一个文件。")
    for rule in rules:
        for mend in rule.mends() - {r.id for r in rules}:
            raise RuleError(f"{rule.id}：mend 写的规则 {mend} 不存在。")
    return RuleBook(facts, tuple(rules), tuple(parameters[n] for n in sorted(parameters)))


def load_facts(file: Path) -> FactDictionary:
    """Load the dictionary of facts; raises RuleError, naming the fact."""
    entries = _read_yaml(file).get("facts", {})
    facts = {
        name: _located(file, name, partial(read_fact, name, entry))
        for name, entry in entries.items()
    }
    dictionary = FactDictionary(facts.values())
    finished = []
    for fact in facts.values():
        for other in mentions(fact):
            if other not in facts:
                raise RuleError(f"{file.name}：事实 {fact.name} 提到的 {other} 不在词典里。")
        finished.append(_located(file, fact.name, partial(typed, fact, dictionary)))
    return FactDictionary(finished)


def _located(file: Path, place: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except RuleError as error:
        where = f"{file.name}（{place}）" if place else file.name
        raise RuleError(f"{where}：{error.message}") from None
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, FactError) as error:
        raise RuleError(
            f"{file.name}（{place}）：写法不对（{error!r}），见 docs/rules-format.md。"
        ) from error


def _read_yaml(file: Path) -> dict[str, Any]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_SAFE)  # noqa: S506 - a safe loader
    except (OSError, yaml.YAMLError) as error:
        raise RuleError(f"读不了 {file}：{error}") from error
    if not isinstance(content, dict):
        raise RuleError(f"{file.name}：应当是一组键和值，见 docs/rules-format.md。")
    return content
