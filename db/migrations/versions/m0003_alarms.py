"""Refusals by hour, with the alarms they raised; how far off the clocks of kiosks are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refusal_hour",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("hour", sa.DateTime, primary_key=True),
        sa.Column("reason", sa.String(40), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("raised", sa.DateTime, nullable=True),
    )
    op.create_index("refusal_hour_by_hour", "refusal_hour", ["hour"])
    op.create_table(
        "kiosk_clock",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("offset_s", sa.BigInteger, nullable=False),
        sa.Column("told", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("kiosk_clock")
    op.drop_index("refusal_hour_by_hour", "refusal_hour")
    op.drop_table("refusal_hour")
