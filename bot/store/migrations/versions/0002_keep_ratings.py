"""Keep what customers say of us."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "ratings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=True),
        sa.Column("recorder_id", _ID, nullable=True),
        sa.Column("product_id", _ID, nullable=True),
        sa.Column("activity_id", _ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_ratings_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_ratings_customer_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_ratings_person_id")),
        sa.ForeignKeyConstraint(["recorder_id"], ["people.id"], name=op.f("fk_ratings_recorder_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_ratings_product_id")),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_ratings_activity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratings_workspace_id"), ["workspace_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ratings_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ratings_workspace_id_rated_at"), ["workspace_id", "rated_at"], unique=False
        )


def downgrade() -> None:
    """Go down."""
    op.drop_table("ratings")
