"""Keep whose figures a digest tells."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about_person_id", big, nullable=True))
        batch_op.add_column(sa.Column("about_team_id", big, nullable=True))
        batch_op.create_foreign_key("fk_schedules_about_person_id", "people", ["about_person_id"], ["id"])
        batch_op.create_foreign_key("fk_schedules_about_team_id", "teams", ["about_team_id"], ["id"])


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.drop_constraint("fk_schedules_about_person_id", type_="foreignkey")
        batch_op.drop_constraint("fk_schedules_about_team_id", type_="foreignkey")
        batch_op.drop_column("about_person_id")
        batch_op.drop_column("about_team_id")
