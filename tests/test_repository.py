"""The repository as a whole: its lock, its files, its notices, its rules, its decisions."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer

from assistant.clauses import Corpus, DocumentKind, squeeze
from assistant.clauses.loader import Manifest, load_manifests
from assistant.commands.ingest import ingest_command
from assistant.config import Settings
from assistant.rules import check_bindings, load_rules

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETTINGS_PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")

ADDRESS_OF_PACKAGES = re.compile(
    r"pypi\.org|pythonhosted|download\.pytorch|simple/|index-url|find-links|file://"
)
PLACE_ON_A_MACHINE = re.compile(r"(?<![\w.$\}/])/(?:home|root|work|opt|Users|tmp|mnt)/\w")
MEASURED_TEXT = (
    "corpus/sources/",
    "eval/",
    "tests/data/",
)  # other people's words, whatever they say


@cache
def tracked() -> tuple[str, ...]:
    """Files that go with the repository; all files there are, where it is not a checkout."""
    told = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if told.returncode != 0:
        pytest.skip("not a checkout")
    return tuple(name for name in told.stdout.split("\0") if name and (ROOT / name).is_file())


def text_of(name: str) -> str | None:
    """The text of a tracked file; None for what is not text."""
    try:
        return (ROOT / name).read_text("utf-8")
    except UnicodeDecodeError:
        return None


def manifests() -> list[Manifest]:
    return [m for m in load_manifests(ROOT / "corpus") if m.review == "approved"]


# --- the lock and the files ---------------------------------------------------------------------


def test_the_lock_pins_plain_versions_and_no_graphics_card() -> None:
    pins = [line for line in LOCK.splitlines() if line and not line.lstrip().startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[\w.!]+", pin)] == []
    assert [word for word in ("+cpu", "nvidia-", "cuda-", "triton") if word in LOCK] == []


def test_the_lock_holds_what_the_project_asks_for_and_nothing_left_over() -> None:
    asked = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["dev"],
    ]
    names = {re.split(r"[\[><=!~; ]", line)[0].lower().replace("_", "-") for line in asked}
    pinned = {line.split("==")[0] for line in LOCK.splitlines() if "==" in line}
    direct = set(
        re.findall(r"(?m)^([a-z0-9.-]+)==.*\n(?:    # .*\n)*?    # .*policy-assistant", LOCK)
    )
    assert names - pinned == set()
    assert direct - names == set()


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    found = [
        f"{name}: {match[0]}"
        for name in tracked()
        if name != "tests/test_repository.py" and not name.startswith(MEASURED_TEXT)
        for pattern in (ADDRESS_OF_PACKAGES, PLACE_ON_A_MACHINE)
        for match in pattern.finditer(text_of(name) or "")
        if not (name == "Makefile" and match[0] == "find-links")  # reads it from pip's settings
    ]
    assert found == []


def test_nothing_that_can_be_made_again_is_tracked() -> None:
    made = re.compile(r"(?:^|/)(?:var|\.venv|__pycache__)/|\.pyc$|\.egg-info/")
    assert [name for name in tracked() if made.search(name)] == []


def test_tracked_files_stay_small() -> None:
    large = {n for n in tracked() if (ROOT / n).stat().st_size > 2_000_000}
    assert large <= {"assistant/retrieval/embedder/model.safetensors"}


# --- the corpus ---------------------------------------------------------------------------------


@pytest.mark.parametrize("manifest", manifests(), ids=lambda manifest: manifest.notice_id)
def test_a_notice_has_its_dates_or_says_why_not(manifest: Manifest) -> None:
    if manifest.kind in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}:
        assert manifest.effective_from is None, "it never takes effect"
        return
    assert manifest.effective_from is not None
    assert manifest.verified_on is not None
    stated = manifest.validity_quote is not None
    assert manifest.dates_inferred or (stated and manifest.issued_on is not None)
    if manifest.issued_on is not None:
        assert manifest.issued_on <= manifest.effective_from


@pytest.mark.parametrize("manifest", manifests(), ids=lambda manifest: manifest.notice_id)
def test_the_validity_sentence_stands_in_the_notice(manifest: Manifest, corpus: Corpus) -> None:
    whole = squeeze("".join(c.text for c in corpus.clauses_of(manifest.notice_id)))
    assert squeeze(manifest.validity_quote or "") in whole


def test_only_one_draft_is_without_any_day_to_vouch_for() -> None:
    assert {m.notice_id for m in manifests() if m.verified_on is None} == {
        "jh-gbo-2023-hukou-draft"  # the page it was published on is not among the sources
    }


def test_every_quote_of_every_rule_is_verbatim_in_its_clause(corpus: Corpus) -> None:
    assert check_bindings(load_rules(ROOT / "corpus" / "rules").rules, corpus).lines() == ()


# --- the documents ------------------------------------------------------------------------------


def test_every_setting_is_documented_with_its_default_and_no_other() -> None:
    for name, field in Settings.model_fields.items():
        shown = "不填" if field.default is None else f"`{field.default}`"
        assert f"| `ASSISTANT_{name.upper()}` | {shown} |" in SETTINGS_PAGE
    ours = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields}
    told = set(re.findall(r"ASSISTANT_[A-Z_]+", SETTINGS_PAGE))
    assert told == ours | {"ASSISTANT_INGEST_LIMIT_MB"}


def test_every_option_of_ingest_is_documented() -> None:
    app = typer.Typer(add_completion=False)
    app.command()(ingest_command)
    parameters = typer.main.get_command(app).params
    options = {name for param in parameters for name in param.opts if name.startswith("--")}
    assert {name for name in options - {"--help"} if f"`{name}`" not in SETTINGS_PAGE} == set()


def test_decisions_are_numbered_without_gaps_and_have_every_part() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [int(record.name[:4]) for record in records]
    assert numbers == list(range(1, len(numbers) + 1))
    for record in records:
        text = record.read_text("utf-8")
        assert re.match(rf"# 0*{int(record.name[:4])}\.? \S", text), record.name
        assert "\nDate: 20" in text, record.name
        for part in ("Context", "Decision", "Rationale", "Status", "Consequences"):
            assert f"\n## {part}\n" in text, f"{record.name} lacks {part}"


def test_links_between_documents_lead_somewhere() -> None:
    dead = [
        f"{name} -> {target}"
        for name in tracked()
        if name.endswith(".md")
        for target in re.findall(r"(?:\]\(|src=\")([^)\"#\s]+)", text_of(name) or "")
        if "://" not in target and not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert dead == []


def test_make_help_tells_of_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):(?!=)", makefile))
    told = set(re.findall(r"(?m)^([a-z-]+):.*## ", makefile))
    assert targets == told


def test_every_module_that_make_runs_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    modules = set(re.findall(r"-m (eval[\w.]+)", makefile))
    assert {m for m in modules if not (ROOT / f"{m.replace('.', '/')}.py").is_file()} == set()
