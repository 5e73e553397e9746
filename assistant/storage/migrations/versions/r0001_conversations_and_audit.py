"""Conversations with their turns, the audit record and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the four tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "conversations",
        sa.Column("conversation_id", sa.String(64), primary_key=True),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("used_at", instant, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("turn_count", sa.Integer, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
    )
    op.create_index("ix_conversations_used_at", "conversations", ["used_at"])
    op.create_table(
        "turns",
        sa.Column(
            "conversation_id",
            sa.String(64),
            sa.ForeignKey("conversations.conversation_id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("answer", sa.JSON),
        sa.Column("at", instant, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("answer_id", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("today", sa.Date, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("jurisdiction", sa.String(100), nullable=False),
        sa.Column("corpus_digest", sa.String(128), nullable=False),
        sa.Column("build_id", sa.String(64), nullable=False),
        sa.Column("composer", sa.String(200), nullable=False),
        sa.Column("rule_versions", sa.JSON, nullable=False),
        sa.Column("retrieved", sa.JSON, nullable=False),
        sa.Column("request", sa.JSON),
        sa.Column("state", sa.JSON),
        sa.Column("facts", sa.JSON),
        sa.Column("outcome", sa.JSON),
        sa.Column("outcome_digest", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_conversation_id", "audit", ["conversation_id"])
    op.create_table(
        "feedback",
        sa.Column("feedback_id", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String(64), sa.ForeignKey("audit.answer_id"), nullable=False),
        sa.Column("rating", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", instant, nullable=False),
    )
    op.create_index("ix_feedback_answer_id", "feedback", ["answer_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("feedback", "audit", "turns", "conversations"):
        op.drop_table(table)
