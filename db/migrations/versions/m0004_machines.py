"""What each machine said of itself last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kiosk_state",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("heard", sa.DateTime, nullable=False),
        sa.Column("since", sa.DateTime, nullable=True),
        sa.Column("fault", sa.String(40), nullable=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("low_paper", sa.Boolean, nullable=False),
        sa.Column("slip", sa.Integer, nullable=False),
        sa.Column("catalog", sa.Integer, nullable=False),
        sa.Column("program", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("kiosk_state")
