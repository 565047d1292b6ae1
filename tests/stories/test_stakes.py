"""Who is involved in an opportunity, through the whole bot: contacts with roles, competitors, tags."""

from tests.support.office import Office


def test_contacts_competitors_and_tags_are_said_in_a_line_or_in_one_form(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "contact Acme Li Na")
    told = office.crm(office.ann, "rival Acme Zoho: 20% cheaper, we are behind")
    assert "⚔️ Zoho · 20% cheaper · 🔴 we are behind" in str(told.ack)
    assert "🟢 we are ahead" in str(office.crm(office.ann, "rival OPP-1 zoho ahead").ack)
    assert "In which role" in office.crm(office.ann, "involve Acme Li Na").text
    assert "no contact “Bob”" in office.crm(office.ann, "involve Acme Bob decision maker").text
    assert "👤 Li Na (Decision maker)" in str(office.crm(office.ann, "involve Acme Li Na decision maker").ack)
    assert "🏷️ key account · 2027" in str(office.crm(office.ann, "tag Acme key account, 2027").ack)
    assert "🏷️ 2027" in str(office.crm(office.ann, "tag Acme -key account").ack)
    card = office.crm(office.ann, "deal OPP-1")
    office.more(office.ann, card, "Who is involved")
    form = {
        "Li Na": "influencer",
        "rival#1": "SAP",
        "offer#1": "suite",
        "standing#1": "level",
        "tags": "a, b",
    }
    refused = office.submit(office.ann, {"offer#2": "nobody's"} | form)
    assert "Name the competitor" in refused.errors["rival#2"]
    office.submit(office.ann, {"offer#2": "", "rival#0": "", "offer#0": "", "standing#0": None} | form)
    saved = office.said(office.ann)
    assert "⚔️ SAP · suite · 🟡 level" in saved.seen
    assert "Zoho" not in saved.seen
    assert "Li Na (Influencer)" in saved.seen
    office.press(office.ann, saved, "Undo")
    undone = str(office.crm(office.ann, "deal OPP-1").ack)
    assert "Zoho · 20% cheaper" in undone
    assert "Li Na (Decision maker)" in undone
    assert "SAP" not in undone
    chinese = str(office.crm(office.lilei, "商机 OPP-1").ack)
    assert "我方领先" in chinese
    assert "Zoho" in str(office.crm(office.ann, "rival Acme").ack or office.slack.modal(office.ann).blocks)
    assert "owner" in office.crm(office.bo, "rival Acme SAP").text or "Ann" in office.said(office.bo).text


def test_the_competitor_named_first_stays_when_another_is_named(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k competitor Zoho")
    both = office.crm(office.ann, "rival Acme SAP: suite, level").text
    assert "⚔️ Zoho" in both
    assert "⚔️ SAP" in both
    office.crm(office.ann, "deal Acme 5k upgrade")
    asked = office.crm(office.ann, "rival Acme SAP: suite, behind")
    office.press(office.ann, asked, "upgrade · $5,000 · Qualification")
    assert "🔴 we are behind" in office.said(office.ann).seen
    asked = office.crm(office.ann, "lines Acme 5 x Pro at 100")
    office.press(office.ann, asked, "upgrade · $5,000 · Qualification")
    assert "no product “Pro”" in office.said(office.ann).seen
    office.crm(office.ann, "deal Borg 5k competitor Oracle")
    office.more(office.ann, office.crm(office.ann, "deal OPP-3"), "Who is involved")
    office.submit(office.ann, {"tags": "2027"})
    assert "⚔️ Oracle" in office.said(office.ann).seen


def test_two_who_say_who_is_involved_at_once_lose_nothing_and_see_both(office: Office) -> None:
    office.crm(office.ann, "deal Acme 120k")
    office.crm(office.ann, "contact Acme Li Na")
    office.crm(office.ann, "contact Acme Wang Wei")
    office.crm(office.ann, "rival Acme Zoho: 20% cheaper")
    office.crm(office.ann, "tag Acme key account, old")
    office.more(office.ann, office.crm(office.ann, "deal OPP-1"), "Who is involved")
    office.crm(office.ada, "rival OPP-1 Zoho: 30% cheaper, we are ahead")
    office.crm(office.ada, "rival OPP-1 SAP: suite")
    office.crm(office.ada, "involve OPP-1 Li Na influencer")
    office.crm(office.ada, "involve OPP-1 Wang Wei blocker")
    office.crm(office.ada, "tag OPP-1 2027, -old")
    office.submit(
        office.ann, {"Li Na": "decision_maker", "offer#0": "half price", "tags": "key account, old, vip"}
    )
    form = office.slack.modal(office.ann)
    assert "Ada Admin changed this while your form was open" in form.text
    assert "Now: 30% cheaper" in form.text
    assert "Now: Influencer" in form.text
    office.submit(office.ann, {})
    saved = office.said(office.ann).seen
    assert "⚔️ Zoho · half price · 🟢 we are ahead" in saved
    assert "⚔️ SAP · suite" in saved
    assert "Li Na (Decision maker)" in saved
    assert "Wang Wei (Blocker)" in saved
    assert "🏷️ key account · 2027 · vip" in saved
    office.more(office.ann, office.crm(office.ann, "deal OPP-1"), "Who is involved")
    office.more(office.ada, office.crm(office.ada, "deal OPP-1"), "Who is involved")
    office.submit(office.ada, {"rival#0": "", "offer#0": "", "standing#0": None})
    office.submit(office.ann, {"standing#0": "behind"})
    assert "Now: —" in office.slack.modal(office.ann).text
    office.submit(office.ann, {})
    assert "⚔️ Zoho · half price · 🔴 we are behind" in office.said(office.ann).seen
