"""Every clause's text, recomputed from the source by a reader that knows nothing of the parser."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.clauses import Corpus
from assistant.clauses.model import Clause


def published(root: Path, file: str) -> str:
    return (root / file).read_bytes().decode("utf-8")


def rejoined(source: str, clause: Clause) -> str:
    """The lines of the clause's range, each without white space at its ends, set end to end."""
    lines = [line.strip() for line in source[clause.start : clause.end].split("\n")]
    return "".join(line for line in lines if line)


def test_text_is_the_source_range_without_the_white_space_of_line_breaks(
    corpus: Corpus, corpus_root: Path
) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            source = published(corpus_root, clause.file)
            own = clause.text.replace("\n", "")
            whole = rejoined(source, clause)
            if not own.startswith("[bookmark"):  # the residue is a clause of its own
                whole = whole.replace("[bookmark: _GoBack]", "")
            assert own == whole, clause.clause_id


def test_only_white_space_or_residue_lies_between_the_segments_of_a_clause(
    corpus: Corpus, corpus_root: Path
) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            source = published(corpus_root, clause.file)
            for left, right in zip(clause.segments, clause.segments[1:], strict=False):
                between = source[left.end : right.start].strip()
                assert between in {"", "[bookmark: _GoBack]"}, clause.clause_id


CONTENTS = ("嘉兴市人民政府公报", "政策解读目录 (11)")
DIRECTORY = ("2024 年 5、6 月份市政府、市政府办公室发文目录", "邮 编：314050")
DRAFT_PAGE_TOP = ("索 引 号", "信息来源:")
DRAFT_PAGE_END = ("分享:", "【关闭窗口】")
WEB_PAGE_TOP = ("首页", "> 政务公开 > 市政府信息 > 嘉兴市人民政府公报 > 2015年度 > 2015年第1期")
WEB_PAGE_METADATA = ("发布日期:2022-12-02", "浏览次数:")
WEB_PAGE_END = ("作者:", "【关闭本页】")
ALLOWED = (
    CONTENTS,
    DIRECTORY,
    DRAFT_PAGE_TOP,
    DRAFT_PAGE_END,
    WEB_PAGE_TOP,
    WEB_PAGE_METADATA,
    WEB_PAGE_END,
)


def gaps(corpus: Corpus, source: str, file: str) -> list[str]:
    covered = bytearray(len(source))
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            if clause.file == file:
                for segment in clause.segments:
                    covered[segment.start : segment.end] = b"\1" * (segment.end - segment.start)
    found, start = [], None
    for position in range(len(source) + 1):
        inside = position == len(source) or covered[position]
        if inside and start is not None:
            found.append(source[start:position])
            start = None
        elif not inside and start is None:
            start = position
    return found


def test_clauses_and_gaps_together_are_the_whole_source(corpus: Corpus, corpus_root: Path) -> None:
    files = {p.file for n in corpus.notices() for p in n.parts}
    assert len(files) == 5
    for file in files:
        source = published(corpus_root, file)
        pieces = [
            (s.start, s.end)
            for n in corpus.notices()
            for c in corpus.clauses_of(n.notice_id)
            if c.file == file and c.is_leaf
            for s in c.segments
        ]
        assert len({p for start, end in pieces for p in range(start, end)}) <= len(source)
        kept = sum(len(gap) for gap in gaps(corpus, source, file))
        covered = {
            p
            for n in corpus.notices()
            for c in corpus.clauses_of(n.notice_id)
            if c.file == file
            for s in c.segments
            for p in range(s.start, s.end)
        }
        assert kept + len(covered) == len(source)


def test_gaps_hold_only_white_space_contents_directory_colophon_and_navigation(
    corpus: Corpus, corpus_root: Path
) -> None:
    seen = set()
    for file in sorted({p.file for n in corpus.notices() for p in n.parts}):
        for gap in gaps(corpus, published(corpus_root, file), file):
            text = gap.strip()
            if not text:
                continue
            kind = next((k for k in ALLOWED if text.startswith(k[0]) and text.endswith(k[1])), None)
            assert kind is not None, (file, text[:40], text[-40:])
            seen.add(kind)
    assert seen == set(ALLOWED)


def test_no_two_leaves_share_a_character(corpus: Corpus) -> None:
    taken: dict[tuple[str, int], str] = {}
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            if not clause.is_leaf:
                continue
            for segment in clause.segments:
                for position in range(segment.start, segment.end):
                    key = (clause.file, position)
                    assert key not in taken, (clause.clause_id, taken.get(key))
                    taken[key] = clause.clause_id


@pytest.fixture(scope="module")
def all_clauses(corpus: Corpus) -> list[Clause]:
    return [c for n in corpus.notices() for c in corpus.clauses_of(n.notice_id)]


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_any_range_of_a_clause_maps_to_a_source_range_with_the_same_characters(
    data: st.DataObject, all_clauses: list[Clause], corpus: Corpus
) -> None:
    clause = data.draw(st.sampled_from(all_clauses))
    start = data.draw(st.integers(0, len(clause.text) - 1))
    end = data.draw(st.integers(start + 1, len(clause.text)))
    span = clause.source_span(start, end)
    source = corpus.source(clause.file)[span.start : span.end]
    printed, said = (
        "".join(text.replace("[bookmark: _GoBack]", "").split())
        for text in (source, clause.text[start:end])
    )
    assert printed == said
