"""Accounts with their sessions, and the review of doubtful answers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "accounts",
        sa.Column("login", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("disabled_at", instant),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column(
            "login",
            sa.String(64),
            sa.ForeignKey("accounts.login", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("used_at", instant, nullable=False),
    )
    op.create_index("ix_sessions_login", "sessions", ["login"])
    op.create_table(
        "reviews",
        sa.Column("review_id", sa.String(64), primary_key=True),
        sa.Column("answer_id", sa.String(64), sa.ForeignKey("audit.answer_id"), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("decided_at", instant),
        sa.Column("decision_note", sa.Text),
        sa.Column("correction", sa.Text),
    )
    op.create_index("ix_reviews_answer_id", "reviews", ["answer_id"])
    op.create_index("ix_reviews_conversation_id", "reviews", ["conversation_id"])
    op.create_index("ix_reviews_state_asked_at", "reviews", ["state", "asked_at"])


def downgrade() -> None:
    """Drop them."""
    for table in ("reviews", "sessions", "accounts"):
        op.drop_table(table)
