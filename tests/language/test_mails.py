"""Mails: of files and of forwarded text, in both languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.language.mails import read_forwarded, read_mail

FILE = (
    b"From: =?utf-8?b?5ZGo5pWP?= <Min@Donghu.cn>\r\nTo: Ann Lee <ann@example.com>\r\n"
    b"Subject: =?utf-8?b?5oql5Lu3?=\r\nDate: Fri, 20 Nov 2026 15:04:00 +0800\r\nMessage-ID: <a@donghu.cn>\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
    b"<html><head><style>p{}</style></head><body><p>50 <b>seats</b> &amp; SSO</p></body></html>"
)


def test_a_file_says_sender_date_subject_and_words() -> None:
    mail = read_mail(FILE)
    assert mail is not None
    assert (mail.sender, mail.sender_name, mail.recipients) == ("min@donghu.cn", "周敏", ("ann@example.com",))
    assert (mail.subject, mail.text) == ("报价", "50 seats & SSO")
    assert mail.at == datetime(2026, 11, 20, 7, 4, tzinfo=UTC)
    assert type(mail).of_kept(mail.kept()) == mail


def test_what_is_no_mail_is_none() -> None:
    assert read_mail(b"\x89PNG\r\n\x1a\n" + bytes(range(256))) is None
    assert read_mail(b"") is None
    for text in ("Called Acme today", "From: me", "Subject: only", ""):
        assert read_forwarded(text) is None


def test_a_forwarded_mail_is_read_in_both_languages() -> None:
    english = read_forwarded(
        "FYI\n---------- Forwarded message ---------\nFrom: Nina Park <nina@harbor.com>\n"
        "Date: Fri, Nov 20, 2026 at 3:04 PM\nSubject: Quote\nTo: <ann@example.com>\n\nWe need 50 seats.\nNina"
    )
    assert english is not None
    assert (english.sender, english.subject) == ("nina@harbor.com", "Quote")
    assert english.text == "We need 50 seats.\nNina"
    chinese = read_forwarded(
        "发件人：周敏 <min@donghu.cn>\n发送时间：2026年11月20日 下午3:04\n主题：报价\n\n要50个账号"
    )
    assert chinese is not None
    assert (chinese.sender_name, chinese.text) == ("周敏", "要50个账号")
    assert chinese.at == datetime(2026, 11, 20, 15, 4, tzinfo=UTC)
    there = read_forwarded(
        "发件人：周敏 <min@donghu.cn>\n发送时间：2026年11月20日 下午3:04\n主题：报价",
        ZoneInfo("Asia/Shanghai"),
    )
    assert there is not None
    assert there.at == datetime(2026, 11, 20, 7, 4, tzinfo=UTC)
