"""An outside set of statute articles and questions, made into a corpus that can be indexed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ValidationError

from assistant.clauses.corpus import Corpus
from assistant.clauses.jurisdictions import Gazetteer, Place
from assistant.clauses.model import Clause, ClauseKind, DocumentKind, Notice, Part, Span
from eval.sets import CaseError

NATION = "000000"
HERE = Place(NATION, "全国")
SOURCE = "articles.txt"
_ALWAYS = date(1949, 10, 1)


class Article(BaseModel):
    """One article of a statute."""

    id: int | str
    name: str
    text: str


class LayQuestion(BaseModel):
    """A layperson's question with the ids of the articles that answer it."""

    id: int | str
    question: str
    relevant: list[int | str]


class ArticleFile(BaseModel):
    """The file as a whole; other fields are allowed and ignored."""

    articles: list[Article]
    questions: list[LayQuestion]


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """The corpus made of the articles, and the questions with their gold clauses."""

    corpus: Corpus
    questions: Mapping[str, str]
    gold: Mapping[str, frozenset[str]]


def read_articles(path: Path) -> ArticleSet:
    """Read a file in the format of `stard_dev.json`; raises CaseError."""
    try:
        raw = ArticleFile.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        shape = (
            '{"articles": [{"id", "name", "text"}], "questions": [{"id", "question", "relevant"}]}'
        )
        problem = f"{path} 不能作为条文题目读入（{error}）。应为 JSON：{shape}。"
        raise CaseError([problem], what="外部题目") from error
    ids = {str(article.id): f"article-{place}" for place, article in enumerate(raw.articles)}
    return ArticleSet(
        _corpus(raw.articles),
        {f"q-{item.id}": item.question for item in raw.questions},
        {
            f"q-{item.id}": frozenset(f"{ids[str(key)]}__art" for key in item.relevant)
            for item in raw.questions
        },
    )


def _corpus(articles: list[Article]) -> Corpus:
    notices: dict[str, Notice] = {}
    clauses: dict[str, tuple[Clause, ...]] = {}
    pieces: list[str] = []
    start = 0
    for place, article in enumerate(articles):
        notice_id = f"article-{place}"
        notices[notice_id] = _notice(notice_id, article, start)
        clauses[notice_id] = (_clause(notice_id, article, start),)
        pieces.append(f"{article.text}\n")
        start += len(pieces[-1])
    text = "".join(pieces)
    digest = hashlib.sha256("\n".join([text, *(a.name for a in articles)]).encode()).hexdigest()
    return Corpus(notices, clauses, {SOURCE: text}, Gazetteer({NATION: "全国"}, {}), digest)


def _notice(notice_id: str, article: Article, start: int) -> Notice:
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return Notice(
        notice_id=notice_id,
        title=article.name,
        doc_number=None,
        issuer="",
        jurisdiction=NATION,
        kind=DocumentKind.NOTICE,
        parts=(Part("main", SOURCE, start, start + len(article.text), digest),),
        effective_from=_ALWAYS,
    )


def _clause(notice_id: str, article: Article, start: int) -> Clause:
    return Clause(
        clause_id=f"{notice_id}__art",
        notice_id=notice_id,
        part="main",
        kind=ClauseKind.ARTICLE,
        number="",
        heading="",
        label=article.name,
        file=SOURCE,
        segments=(Span(start, start + len(article.text)),),
        text=article.text,
        heading_end=0,
        ordinal=0,
        parent_id=None,
    )
