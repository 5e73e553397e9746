"""`assistant replay`: the same citations and verdicts byte for byte, or what differs."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.assembly import Assistant, build, build_service
from assistant.commands.main import main
from assistant.commands.replay import replay
from assistant.config import Settings
from assistant.dialogue.ports import AuditRecord, outcome_of
from assistant.errors import UnknownAnswerError
from assistant.retrieval import Index, load_encoder, load_lexicon
from assistant.schemas import AskRequest
from assistant.storage import open_stores
from tests.service.fake import CORPUS, ROOT

QUESTION = "嘉兴租房落户要求居住登记满几个月"
ANSWER_ID = "answer-1"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index built once."""
    var = tmp_path_factory.mktemp("replay")
    build(Settings(corpus_dir=CORPUS, var_dir=var))
    return var


@pytest.fixture
def settings(tmp_path: Path, built: Path) -> Settings:
    """A corpus and an index of our own, which may change."""
    shutil.copytree(CORPUS, tmp_path / "corpus")
    shutil.copytree(built, tmp_path / "var")
    return Settings(corpus_dir=tmp_path / "corpus", var_dir=tmp_path / "var")


def recorded(settings: Settings) -> AuditRecord:
    """An answer given, with its record in the database."""
    service = build_service(settings)
    request = AskRequest(question=QUESTION, as_of=date(2024, 8, 1))
    answer = service.ask(request)
    stores = open_stores(None, settings.var_dir)
    conversation = stores.conversations.create()
    stores.audit.record(
        AuditRecord(
            answer_id=ANSWER_ID,
            conversation_id=conversation.conversation_id,
            at=datetime.now(UTC),
            today=date(2026, 11, 22),
            as_of=answer.as_of,
            jurisdiction=answer.jurisdiction,
            corpus_digest=service.view().digest,
            build_id=_build_id(settings),
            composer=answer.composer,
            retrieved=tuple(each.clause_id for each in answer.citations),
            request=request.model_dump(mode="json", exclude={"conversation_id"}),
            state={},
            facts={},
            outcome=outcome_of(answer),
        )
    )
    kept = stores.audit.get(ANSWER_ID)
    stores.close()
    service.close()  # lets go of its build, which the next one may then remove
    return kept


def _build_id(settings: Settings) -> str:
    return (settings.var_dir / "index" / "CURRENT").read_text("utf-8").strip()


def _ask_again(settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["replay", ANSWER_ID])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(settings.corpus_dir))


def _change_corpus(settings: Settings) -> None:
    """The clause that the answer quotes is vouched for one day longer."""
    for path in settings.corpus_dir.glob("notices/*/jx-gbo-2024-16.yaml"):
        told = path.read_text("utf-8")
        assert "verified_on: 2024-07-25" in told
        path.write_text(told.replace("verified_on: 2024-07-25", "verified_on: 2024-07-26"), "utf-8")


def test_an_answer_is_the_same_again(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded(settings)
    code, said = _ask_again(settings, capsys)
    assert (code, "重放一致" in said) == (0, True)


def test_the_build_recorded_answers_while_it_is_there(settings: Settings) -> None:
    kept = recorded(settings)
    held = build_service(settings, kept.build_id)  # keeps the next build from removing it
    _change_corpus(settings)
    build(settings)
    assert _build_id(settings) != kept.build_id
    again = replay(kept, lambda build_id: build_service(settings, build_id))
    assert again.same
    assert len(again.remarks) == 1
    assert held.view().digest == kept.corpus_digest


def test_a_build_rebuilt_from_the_same_corpus_answers_for_it(settings: Settings) -> None:
    kept = replace(recorded(settings), build_id="000099-0123abcd")
    again = replay(kept, lambda build_id: build_service(settings, build_id))
    assert again.same
    assert "同一份语料" in again.remarks[1]


def test_a_changed_corpus_is_told_with_what_differs(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded(settings)
    _change_corpus(settings)
    build(settings)
    build(settings, rebuild=True)  # by now nothing of the build recorded is left
    code, said = _ask_again(settings, capsys)
    assert code == 1
    assert "语料此后有改动" in said
    assert "重放不一致" in said
    assert '-   "verified_on": "2024-07-25"' in said
    assert '+   "verified_on": "2024-07-26"' in said


def test_an_answer_that_nobody_gave_is_told(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = _ask_again(settings, capsys)
    assert code == 1
    assert said.startswith("错误：没有编号为「answer-1」的答复记录")


def test_an_answer_of_a_deleted_conversation_cannot_be_replayed(settings: Settings) -> None:
    kept = replace(recorded(settings), request=None, outcome=None)

    def never(build_id: str | None) -> Assistant:
        raise AssertionError(build_id)

    with pytest.raises(UnknownAnswerError, match="已按要求删除") as told:
        replay(kept, never)
    assert kept.retrieved[0] in told.value.message


def test_a_pinned_build_does_not_follow_the_pointer(settings: Settings) -> None:
    first = _build_id(settings)
    index = Index.open(
        settings.var_dir / "index",
        load_encoder(None),
        load_lexicon(settings.corpus_dir),
        build_id=first,
    )
    _change_corpus(settings)
    build(settings)
    assert index.searcher().build_id == first
    index.close()


def test_differences_are_readable(settings: Settings) -> None:
    kept = recorded(settings)
    changed = json.loads(json.dumps(kept.outcome)) | {"kind": "refuse"}
    again = replay(
        replace(kept, outcome=changed), lambda build_id: build_service(settings, build_id)
    )
    assert not again.same
    assert '- "kind": "refuse",' in again.differences
    assert '+ "kind": "answer",' in again.differences
