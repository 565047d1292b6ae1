"""Pictures in messages: uploaded for no channel, then named by a block of the message that shows them."""

from collections.abc import Callable

from bot.domain.charts import Picture
from bot.jobs.calls import Slack
from bot.views.text import cut

PATIENCE = 4
"""Tries after which a message goes without its picture: Slack refuses a file until it has looked at it."""


def upload(slack: Slack, filename: str, content: bytes, *, alt: str | None = None) -> str:
    """Bring a file's bytes to Slack; its id. Nobody sees it until it is completed."""
    described = {"alt_txt": cut(alt, 1000)} if alt else {}
    place = slack.call(
        "files.getUploadURLExternal",
        lambda client: client.files_getUploadURLExternal(filename=filename, length=len(content), **described),
    )
    slack.upload(place["upload_url"], content)
    return str(place["file_id"])


def picture_for(
    slack: Slack, draw: Callable[[], Picture | None], file_id: str | None, keep: Callable[[str], None]
) -> tuple[str, str] | None:
    """The file that a block may show, and its words; None where there is no picture.

    `file_id` is that of an earlier try, `keep` writes down a new one.
    """
    picture = draw()
    if picture is None:
        return None
    if file_id is None:
        uploaded = upload(slack, "picture.png", picture.png, alt=picture.alt)
        slack.call(
            "files.completeUploadExternal",
            lambda client: client.files_completeUploadExternal(
                files=[{"id": uploaded, "title": cut(picture.title, 255)}]
            ),
        )
        keep(uploaded)
        file_id = uploaded
    return file_id, picture.alt
