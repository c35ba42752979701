"""Enrolled kiosks, uses of hand-offs, counts of refusals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("region", sa.Integer, nullable=False),
        sa.Column("hall", sa.Integer, nullable=False),
        sa.Column("kiosk", sa.Integer, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("oldest_epoch", sa.Integer, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("enrolled", sa.DateTime, nullable=False),
        sa.Column("revoked_at", sa.DateTime, nullable=True),
    )
    op.create_table(
        "token_use",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("visit", sa.String(64), nullable=False),
        sa.Column("first", sa.DateTime, nullable=False),
        sa.Column("last", sa.DateTime, nullable=False),
        sa.Column("expires", sa.DateTime, nullable=False),
    )
    op.create_index("token_use_by_expiry", "token_use", ["expires"])
    op.create_table(
        "refusal",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("reason", sa.String(40), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("refusal")
    op.drop_index("token_use_by_expiry", "token_use")
    op.drop_table("token_use")
    op.drop_table("kiosk")
