"""One figure changed in a copy of a notice, and vouched for again, stops the rules bound to it."""

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assistant.assembly import build, build_service
from assistant.clauses import Corpus, load_corpus
from assistant.clauses.loader import part_hash, read_manifest, read_source, text_hash
from assistant.commands.corpus import check
from assistant.commands.main import app
from assistant.config import Settings
from assistant.rules import RuleDesk, load_rules

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Mutation:
    """Some words of one clause, what they become, and the rules that rest on them."""

    clause_id: str
    old: str
    new: str
    rules: frozenset[str]
    parameters: frozenset[str]
    facts: dict[str, object]


RENTAL = Mutation(
    "jx-gbo-2024-16__sec_1",
    "满六个月",
    "满三个月",
    frozenset({"settle.rental"}),
    frozenset({"hukou.rent.registration_months"}),
    {"rent.is_urban_commodity_housing": True, "reg.months": 12},
)
MUTATIONS = [
    pytest.param(RENTAL, id="rental_six_months_to_three"),
    pytest.param(
        Mutation(
            "jx-gbo-2024-16__sec_5",
            "满六个月",
            "满三个月",
            frozenset({"settle.permit"}),
            frozenset({"hukou.permit.registration_months"}),
            {},
        ),
        id="permit_six_months_to_three",
    ),
    pytest.param(
        Mutation(
            "jx-gbo-2024-17__sec_3__subsec_1",
            "45 周岁",
            "50 周岁",
            frozenset({"medical.public.account"}),
            frozenset(
                {"gov_med.account_under45", "gov_med.account_45plus", "gov_med.age_threshold"}
            ),
            {},
        ),
        id="public_account_forty_five_to_fifty",
    ),
    pytest.param(
        Mutation(
            "jx-gbo-2024-18__sec_5__subsec_1",
            "45周岁",
            "50周岁",
            frozenset({"medical.enterprise.account"}),
            frozenset(
                {"ent_med.account_under45", "ent_med.account_45plus", "ent_med.age_threshold"}
            ),
            {},
        ),
        id="enterprise_account_forty_five_to_fifty",
    ),
    pytest.param(
        Mutation(
            "jx-gbo-2024-17__sec_3__subsec_2",
            "85%",
            "80%",
            frozenset({"medical.public.outpatient"}),
            frozenset({"gov_med.outpatient_active", "gov_med.outpatient_direct_active"}),
            {},
        ),
        id="public_outpatient_eighty_five_to_eighty",
    ),
    pytest.param(
        Mutation(
            "jx-gbo-2024-18__sec_5__subsec_2",
            "85%",
            "80%",
            frozenset({"medical.enterprise.outpatient"}),
            frozenset({"ent_med.outpatient_active", "ent_med.outpatient_direct_active"}),
            {},
        ),
        id="enterprise_outpatient_eighty_five_to_eighty",
    ),
]


@pytest.fixture
def copy(tmp_path: Path, corpus_root: Path) -> Path:
    """A copy of the whole corpus to change."""
    return Path(shutil.copytree(corpus_root, tmp_path / "corpus"))


def mutate(root: Path, change: Mutation) -> None:
    """Change the words in the clause's own characters, then vouch for every hash again."""
    clause = load_corpus(root).clause(change.clause_id)
    text = read_source(root, clause.file)
    inside = text[clause.start : clause.end]
    assert change.old in inside
    assert len(change.old) == len(change.new)
    changed = text[: clause.start] + inside.replace(change.old, change.new) + text[clause.end :]
    (root / clause.file).write_bytes(changed.encode())
    for path in (root / "notices").rglob("*.yaml"):
        manifest = read_manifest(path)
        raw = path.read_text(encoding="utf-8")
        raw = raw.replace(text_hash(text), text_hash(changed))
        for part in manifest.parts:
            if part.file == clause.file:
                raw = raw.replace(part.sha256, part_hash(changed, part))
        path.write_text(raw, encoding="utf-8")


@pytest.mark.parametrize("change", MUTATIONS)
def test_exactly_the_rules_bound_to_the_figure_stop(
    copy: Path, corpus: Corpus, change: Mutation
) -> None:
    mutate(copy, change)
    desk = RuleDesk(load_rules(copy / "rules"))
    view = load_corpus(copy)
    place = view.gazetteer.resolve("嘉兴市")
    stopped = {
        rule.rule_id
        for rule in desk.rules(view).rules
        if "under_review"
        in {n.code for n in desk.decide(view, rule.rule_id, {}, DAY, place).notices}
    }
    assert stopped == change.rules
    for rule_id in stopped:
        told = desk.decide(view, rule_id, change.facts, DAY, place)
        assert told.verdict.outcome == "rule_uncertain"
        assert told.verdict.conditions == []
        assert "待复核" in told.notices[0].text
    still = {r.rule_id for r in desk.rules(corpus).rules}
    assert still >= stopped  # the same desk over the untouched corpus decides by them again
    for rule_id in stopped:
        told = desk.decide(corpus, rule_id, change.facts, DAY, place)
        assert "under_review" not in {n.code for n in told.notices}


@pytest.mark.parametrize("change", MUTATIONS)
def test_the_check_of_the_corpus_fails_and_prints_the_impact(copy: Path, change: Mutation) -> None:
    mutate(copy, change)
    result = CliRunner().invoke(app, ["corpus", "--corpus", str(copy)])
    assert result.exit_code == 1
    named = set(re.findall(r"^错误：([a-z_.]+) / ", result.output, re.M))
    assert named == change.rules
    summary = next(line for line in result.output.splitlines() if "停用、待复核的规则" in line)
    assert all(rule_id in summary for rule_id in change.rules)
    assert all(name in summary for name in change.parameters)
    assert change.clause_id in summary


def test_a_sound_corpus_counts_its_rules_and_ties(copy: Path) -> None:
    told = [finding for finding in check(copy) if "规则" in finding.text]
    assert [finding.is_error for finding in told] == [False]
    assert re.search(r"规则 \d+ 条、参数 \d+ 个、依据 \d+ 处", told[0].text)


def test_a_rule_file_that_cannot_be_read_fails_the_check(copy: Path) -> None:
    path = copy / "rules" / "330400" / "settle.rental.yaml"
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["versions"][0]["conditions"][0]["test"] = {"is": "no.such_fact"}
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    errors = [finding.text for finding in check(copy) if finding.is_error]
    assert len(errors) == 1
    assert "settle.rental.yaml" in errors[0]
    assert "no.such_fact" in errors[0]


def test_a_corpus_of_texts_alone_is_sound(copy: Path) -> None:
    shutil.rmtree(copy / "rules")
    assert not [finding.text for finding in check(copy) if finding.is_error]


@pytest.mark.parametrize(
    ("clause_id", "old", "new", "rules"),
    [
        ("jx-gbo-2024-16__sec_1", "满六个月", "满三个月", {"settle.rental"}),
        ("jx-gbo-2024-17__sec_3__subsec_1", "45 周岁", "50 周岁", {"medical.public.account"}),
        ("jx-gbo-2024-17__sec_3__subsec_2", "85%", "80%", {"medical.public.outpatient"}),
    ],
    ids=["six_to_three", "forty_five_to_fifty", "eighty_five_to_eighty"],
)
def test_taking_in_the_corrected_notice_prints_the_impact(
    copy: Path, tmp_path: Path, corpus: Corpus, clause_id: str, old: str, new: str, rules: set[str]
) -> None:
    clause = corpus.clause(clause_id)
    text = corpus.source(clause.file)
    inside = text[clause.start : clause.end].replace(old, new)
    changed = text[: clause.start] + inside + text[clause.end :]
    parts = corpus.notice(clause.notice_id).parts
    corrected = tmp_path / "更正.txt"
    corrected.write_text("\n".join(changed[p.start : p.end] for p in parts), encoding="utf-8")
    arguments = [
        str(corrected),
        "--replace",
        "--corpus",
        str(copy),
        "--jurisdiction",
        "嘉兴市",
        "--eval-dir",
        str(copy.parent / "eval"),
    ]
    result = CliRunner().invoke(app, ["ingest", *arguments])
    assert result.exit_code == 0, result.output
    printed = result.output.split("审核通过后停用、待复核的规则")[1]
    listed = printed.split("停用的原因")[0]
    assert set(re.findall(r"^\s+- ([a-z_.]+)$", listed, re.M)) == rules
    assert old in printed


def test_a_running_service_sets_the_rules_aside_as_soon_as_the_new_index_serves(
    copy: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(corpus_dir=copy, var_dir=tmp_path / "var", today=DAY)
    build(settings)
    service = build_service(settings)
    before = service.decide("settle.rental", RENTAL.facts, None, None)
    assert "待复核" not in caplog.text
    mutate(copy, RENTAL)
    build(settings)
    after = service.decide("settle.rental", RENTAL.facts, None, None)
    other = service.decide("settle.talent", {"edu": "大专"}, None, None)
    again = build_service(settings).decide("settle.rental", RENTAL.facts, None, None)
    assert before.verdict.outcome == "eligible"
    assert after.verdict.outcome == again.verdict.outcome == "rule_uncertain"
    assert [n.code for n in after.notices] == ["under_review"]
    assert other.verdict.outcome == "eligible"
    assert service.rule("settle.rental").versions[-1].under_review
    assert "规则停用，待复核：settle.rental" in caplog.text
