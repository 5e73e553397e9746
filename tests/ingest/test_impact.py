"""What a new notice may touch is named before it goes live."""

import json
from pathlib import Path

import pytest

from assistant.clauses import load_corpus
from assistant.ingest import Impact, assess_impact, ingest_file
from tests.ingest.formats import DATA

OLD = (
    (DATA / "sections.txt")
    .read_text(encoding="utf-8")
    .replace("云政办发〔2025〕7号", "云政办发〔2019〕33号")
    .replace("进一步做好新市民安居服务工作", "做好新市民安居服务工作")
    .replace("2000元", "1000元")
)
RULE = """
rule: settle.subsidy
versions:
  - cite: &base {clause: CLAUSE, quote: 给予一次性补贴1000元}
    when: {all: [{fact: first, cite: *base}]}
"""


@pytest.fixture
def old_id(corpus: Path) -> str:
    """An approved notice, a rule that rests on its second section, and a case that expects it."""
    path = corpus.parent / "旧.txt"
    path.write_text(OLD, encoding="utf-8")
    stored = ingest_file(path, corpus)
    manifest = stored.manifest_path
    text = manifest.read_text(encoding="utf-8").replace("review: pending", "review: approved")
    manifest.write_text(text, encoding="utf-8")
    notice_id = stored.proposal.manifest.notice_id
    rule = RULE.replace("CLAUSE", f"{notice_id}__sec_2__para_1")
    (corpus / "rules" / "subsidy.yaml").write_text(rule, encoding="utf-8")
    case = {
        "id": "p1",
        "turns": [{"question": "补贴多少", "expect": {"clauses": [f"{notice_id}__sec_2"]}}],
    }
    (corpus.parent / "eval" / "policy").mkdir(parents=True)
    (corpus.parent / "eval" / "policy" / "cases.jsonl").write_text(
        json.dumps(case, ensure_ascii=False) + "\nnot json\n", encoding="utf-8"
    )
    return notice_id


def impact_of(corpus: Path, text: str, *, replace: bool = False) -> Impact:
    path = corpus.parent / "新.txt"
    path.write_text(text, encoding="utf-8")
    view = load_corpus(corpus)
    stored = ingest_file(path, corpus, replace_existing=replace)
    return assess_impact(
        stored.proposal,
        view,
        rules_root=corpus / "rules",
        eval_root=corpus.parent / "eval",
        replaced=stored.replaced_clauses,
    )


def test_a_repealed_notice_names_its_clauses_rules_and_cases(corpus: Path, old_id: str) -> None:
    new = (DATA / "sections.txt").read_text(encoding="utf-8")
    found = impact_of(corpus, new)
    assert f"{old_id}__sec_2__para_1" in {item.clause_id for item in found.clauses}
    assert [(rule.file, rule.name) for rule in found.rules] == [("subsidy.yaml", "settle.subsidy")]
    assert [(case.file, case.name) for case in found.cases] == [("policy/cases.jsonl", "p1")]
    assert not found.changes


def test_policies_superseded_without_a_name_are_found_by_what_they_say(
    corpus: Path, old_id: str
) -> None:
    new = (DATA / "sections.txt").read_text(encoding="utf-8")
    unnamed = new.replace(
        "《云汐市人民政府办公室关于做好新市民安居登记工作的通知》（云政办发〔2019〕33号）同时废止。",
        "",
    )
    assert unnamed != new
    found = impact_of(corpus, unnamed)
    assert f"{old_id}__sec_2__para_1" in {item.clause_id for item in found.clauses}


def test_a_notice_on_another_matter_touches_nothing(corpus: Path, old_id: str) -> None:
    found = impact_of(corpus, (DATA / "articles.txt").read_text(encoding="utf-8"))
    assert found == Impact()


def test_a_reissue_lists_the_clauses_whose_words_changed(corpus: Path, old_id: str) -> None:
    found = impact_of(corpus, OLD.replace("1000元", "1500元"), replace=True)
    assert [change.address for change in found.changes] == ["sec_2__para_1"]
    assert "1000元" in found.changes[0].old
    assert "1500元" in found.changes[0].new
    assert [rule.name for rule in found.rules] == ["settle.subsidy"]
