"""Contacts to the phone and from it, and their birthdays, through the whole bot."""

from bot.app.working import build_worker
from tests.support.office import Office

CARD = """BEGIN:VCARD
VERSION:3.0
FN:Tom Baker
ORG:Borg Ltd
TEL:+49 30 123456
BDAY:1985-12-01
NOTE:green tea
END:VCARD"""


def test_contacts_go_to_the_phone_as_a_file_and_come_from_it_pasted(office: Office) -> None:
    worker = build_worker(office.bot)
    office.crm(office.ann, "customer Acme contact Li Na 13800000000 li@acme.com")
    office.crm(office.ann, "contact Acme Bo Ek role: user")
    assert "2 cards are on their way" in office.crm(office.ann, "contact vcard Acme").text
    worker.tick()
    (sent,) = [file for message in office.slack.dm(office.ann) for file in message.files]
    assert sent.name == "contacts.vcf"
    assert b"FN:Li Na" in sent.content
    assert b"FN:Bo Ek" in sent.content
    assert "1 张名片" in office.crm(office.lilei, "联系人 名片 Li Na").text
    assert "no customer or contact" in office.crm(office.ann, "contact vcard Zenith").text

    office.crm(office.lilei, "联系人 导入")
    assert "没有名片" in office.submit(office.lilei, {"cards": "hello"}).errors["cards"]
    office.submit(office.lilei, {"cards": CARD})
    assert "新建 1 位" in office.said(office.lilei).text
    assert "Tom Baker" in office.crm(office.ann, "customer Borg").text
    office.press(office.lilei, office.said(office.lilei), "撤销")
    direct = office.slack.direct(office.bo)
    office.slack.say(office.bo, direct, "", files=[("tom.vcf", CARD.encode()), ("x.vcf", b"hello")])
    worker.tick()
    came = [each.seen for each in office.slack.dm(office.bo)]
    assert any("1 added" in seen and "Tom Baker" in seen for seen in came)
    assert any("Nothing was taken from “x.vcf”: There is no vCard" in seen for seen in came)
    card = next(each for each in office.slack.dm(office.bo) if "1 added" in each.seen)
    office.press(office.bo, card, "Undo")
    assert "Tom Baker" not in office.crm(office.ann, "find Tom Baker").text.replace("“Tom Baker”", "")
    worker.stop()


def test_who_asked_hears_of_a_birthday_a_week_before_and_on_the_day(office: Office) -> None:
    worker = build_worker(office.bot)
    office.crm(office.ann, "customer Acme")
    card = office.crm(office.ann, "contact Acme Li Na birthday: 1 Dec; likes: green tea")
    assert "in 8 days" in office.crm(office.ann, "contact birthdays").text
    office.press(office.ann, card, "Birthday reminder")
    assert "a week before" in office.said(office.ann).text
    for _day in range(9):
        worker.tick()
        office.pass_time(days=1)
    worker.tick()
    told = [each.seen for each in office.slack.dm(office.ann) if "Birthday of Li Na" in each.seen]
    assert len(told) == 2
    assert "in 7 days" in told[0]
    assert "today" in told[1]
    assert "green tea" in told[1]
    worker.stop()
