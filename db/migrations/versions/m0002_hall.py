"""The staff's page of a hall: its PIN, calls for a person, and how soon somebody came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_nonce",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_index("request_nonce_by_expiry", "request_nonce", ["expires"])
    op.create_table(
        "hall_pin",
        sa.Column("hall", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(200), nullable=False),
        sa.Column("changed", sa.DateTime, nullable=False),
    )
    op.create_table(
        "hall_session",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("hall", sa.Integer, nullable=False),
        sa.Column("desk", sa.String(40), nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_table(
        "help_call",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("hall", sa.Integer, nullable=False),
        sa.Column("kiosk", sa.Integer, nullable=False),
        sa.Column("screen", sa.String(40), nullable=False),
        sa.Column("service", sa.Integer, nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("placed", sa.DateTime, nullable=False),
        sa.Column("left", sa.DateTime, nullable=True),
        sa.Column("answered", sa.DateTime, nullable=True),
        sa.Column("forwarded", sa.DateTime, nullable=True),
        sa.Column("closed", sa.DateTime, nullable=True),
        sa.Column("desk", sa.String(40), nullable=False),
    )
    op.create_index("help_call_by_closing", "help_call", ["closed"])
    op.create_table(
        "answer_time",
        sa.Column("hall", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("seconds", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("answer_time")
    op.drop_index("help_call_by_closing", "help_call")
    op.drop_table("help_call")
    op.drop_table("hall_session")
    op.drop_table("hall_pin")
    op.drop_index("request_nonce_by_expiry", "request_nonce")
    op.drop_table("request_nonce")
