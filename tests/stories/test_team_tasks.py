"""Tasks of many through the whole bot: given in a line or a form, followed by one card."""

from bot.jobs import Worker
from tests.support.office import Office


def test_one_card_follows_everybody_who_was_given_a_task(office: Office, worker: Worker) -> None:
    for person in (office.ann, office.bo, office.lilei):
        office.crm(person, "day")
    given = office.crm(office.mia, "task @ann, @bo send your forecast Fri")
    assert "given to 2 people" in given.text
    assert "0 of 2 done" in given.text
    worker.tick()
    card = office.slack.dm(office.mia)[-1]
    assert "□□□□□□□□□□  0 of 2 done (0%)" in str(card.blocks)
    assert "Mia Moss gave you a task" in office.slack.dm(office.ann)[-1].text
    office.press(office.ann, office.slack.dm(office.ann)[-1], "Done")
    office.pass_time(seconds=20)
    worker.tick()
    (same,) = office.slack.dm(office.mia)
    assert "■■■■■□□□□□  1 of 2 done (50%)" in str(same.blocks)
    assert "Still to do: Bo Berg" in str(same.blocks)
    office.press(office.mia, same, "Ask the others")
    worker.tick()
    asked = office.slack.dm(office.bo)[-1]
    assert "Mia Moss asks how far this is" in asked.text
    office.press(office.bo, asked, "Done")
    office.pass_time(seconds=20)
    worker.tick()
    assert "2 of 2 done (100%)" in str(office.slack.dm(office.mia)[0].blocks)
    assert "Everybody is through" in office.slack.dm(office.mia)[-1].text
    office.press(office.mia, given, "Undo")
    assert "has changed this since" in office.said(office.mia).text


def test_a_whole_team_or_role_is_meant_before_a_colon_and_in_the_form(office: Office) -> None:
    for person in (office.ada, office.ann, office.lilei):
        office.crm(person, "day")
    office.press(office.ada, office.crm(office.ada, "team Ann"), "Edit")
    office.submit(office.ada, {"role": "rep", "team": ("North", "new:North")})
    to_team = office.crm(office.ada, "task team North send the list tomorrow")
    assert "given to 1 person" in to_team.text
    everybody = office.crm(office.lilei, "任务 全体：周五前交预测")
    assert "已完成 0/2" in everybody.text
    assert "⏳ 未完成：" in str(everybody.message.blocks)
    assert "team building" in office.crm(office.ann, "task team building Friday").text
    assert "Nobody is in" in office.crm(office.ann, "task managers: send the plan").text
    office.crm(office.ada, "task")
    office.press(office.ada, office.slack.modal(office.ada), "More…")
    office.submit(office.ada, {"text": "read the news", "group": ("North", "North")})
    assert "given to 1 person" in office.said(office.ada).text
    office.press(office.ada, office.said(office.ada), "Undo")
    assert "read the news" not in office.crm(office.ann, "task mine").text
    office.press(office.ada, to_team, "Show here")


def test_a_task_of_many_comes_again_for_the_same_people_with_a_card_each_time(
    office: Office, worker: Worker
) -> None:
    for person in (office.ann, office.bo, office.lilei):
        office.crm(person, "day")
    given = office.crm(office.mia, "task @ann, @bo send your forecast every Friday")
    assert "given to 2 people" in given.text
    assert "🔁 Every Friday" in str(given.message.blocks)
    worker.tick()
    office.press(office.ann, office.slack.dm(office.ann)[-1], "Done")
    office.pass_time(days=2)
    worker.tick()
    assert len([each for each in office.slack.dm(office.mia) if "forecast" in each.text]) == 1
    office.pass_time(days=8)
    worker.tick()
    office.pass_time(seconds=20)
    worker.tick()
    cards = [each for each in office.slack.dm(office.mia) if each.text.startswith("👥")]
    assert [card.text.split(" · ")[1] for card in cards] == ["1 of 2 done (50%)", "0 of 2 done (0%)"]
    assert "Dec 4" in str(cards[1].blocks)
    assert "🔁" not in str(cards[0].blocks), "the rule has gone over to the next one"
    assert office.crm(office.bo, "task mine").text.count("send your forecast") == 2
    office.press(office.mia, cards[1], "Drop for all")
    office.pass_time(days=8)
    worker.tick()
    assert len([each for each in office.slack.dm(office.mia) if each.text.startswith("👥")]) == 2

    office.crm(office.lilei, "任务 @ann @bo 交周报 每周一")
    assert "🔁 每星期一" in str(office.said(office.lilei).blocks)


def test_what_is_said_below_a_card_in_a_channel_is_kept_with_the_task(office: Office, worker: Worker) -> None:
    for person in (office.ann, office.bo, office.lilei):
        office.crm(person, "day")
    given = office.crm(office.mia, "task @ann, @bo send your forecast Fri; cc @ada")
    office.press(office.mia, given, "Show here")
    worker.tick()
    assert "□□□□□□□□□□  0 of 2 done (0%)" in str(office.slack.dm(office.ada)[-1].blocks)
    card = office.slack.messages(office.sales)[-1]
    assert "send your forecast" in card.text

    heard = len(office.slack.dm(office.mia))
    office.slack.say(office.ann, office.sales, "mine needs <two> days more", thread_ts=card.ts)
    office.bot.effects.settle()
    said = office.said(office.ann)
    assert (said.thread_ts, said.text) == (card.ts, "💬 Kept with the task: mine needs &lt;two&gt; days more")
    worker.tick()
    (told,) = office.slack.dm(office.mia)[heard:]
    assert "Ann Lee" in told.text
    assert "days more" in told.text
    office.press(office.ann, said, "Undo")

    office.slack.say(office.mia, office.sales, "Friday noon, please", thread_ts=card.ts)
    worker.tick()
    for person in (office.ann, office.bo):
        assert "Friday noon, please" in office.slack.dm(person)[-1].text
    before = len(office.slack.state.ephemerals)
    office.slack.say(office.bo, office.sales, "lunch?")
    talk = office.slack.messages(office.sales)[-1]
    office.slack.say(office.ann, office.sales, "in ten minutes", thread_ts=talk.ts)
    office.bot.effects.settle()
    assert len(office.slack.state.ephemerals) == before


def test_who_has_what_is_asked_after_the_word_task_too(office: Office) -> None:
    for line in ("task team", "任务 团队"):
        answer = office.crm(office.ada, line)
        assert "Team tasks" in answer.text
