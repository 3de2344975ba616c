"""Who a child is and who is at home, as rows: entered, then asked for when the work begins."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache

from waypost.demo.borough import steps, wording
from waypost.demo.borough.life import Life
from waypost.demo.borough.names import Named, carer, named
from waypost.demo.borough.pen import Pen, Row
from waypost.kernel.words import LONDON
from waypost.people.matching import keys
from waypost.people.matching.models import NameKey
from waypost.people.record.models import Child, Person
from waypost.people.record.who import Name


class Identity:
    def __init__(self, pen: Pen, life: Life) -> None:
        self.pen, self.life = pen, life
        self.named: Named = named(pen.chance)

    def entered(self, day: date, number: str) -> None:
        pen, child = self.pen, self.named
        by = pen.cast.enters
        pen.entered_at = pen.earliest = at = min(datetime.combine(day, time(9), tzinfo=LONDON), pen.now)
        pen.person = pen.id(at)
        pen.book.add(Person, {"id": pen.person, "entered_by_id": by.pk, "entered_at": at, "once": pen.once()})
        pen.book.add(Child, {"person_id": pen.person, "number": number})
        legal = pen.say("name", at, by, kind="legal", given=child.given, family=child.family)
        birth = pen.say("birth", at, by, born=self.life.born, estimated=False)
        legal["once"] = birth["once"] = None  # the form of the child is one
        self._keys(legal)

    def _keys(self, name: Row) -> None:
        pen = self.pen
        for part, sound, start in _made_of(name["given"], name["family"]):
            pen.book.add(
                NameKey,
                {"name_id": name["id"], "person_id": name["person_id"], "part": part, "sound": sound, "start": start},
            )

    def known(self, at: datetime) -> None:
        """Who they are and who is at home, as it is asked when the work begins."""
        pen = self.pen
        heritage, chance = self.named.heritage, pen.chance
        pen.say("particular", at, which="sex", code=self.named.sex, words="")
        pen.say("particular", at, which="ethnicity", code=heritage.ethnicity, words=heritage.words)
        if heritage.religion != "none" and chance.random() < 0.7:
            pen.say("particular", at, which="religion", code=heritage.religion, words="")
        needs = heritage.language not in ("english", "welsh") and chance.random() < 0.15
        pen.say("language", at, language=heritage.language, first=True, interpreter=needs)
        if chance.random() < 0.4:
            need = chance.choice(wording.wording()["needs"])
            pen.say("need", at, since=at.date(), area=need["area"], words=need["words"], what_helps=need["helps"])
        if chance.random() < 0.85:
            self._carer(at)
        pen.say("contact", at, since=at.date(), method="mobile", value=self._mobile(), safe="safe", words="")

    def _carer(self, at: datetime) -> None:
        pen = self.pen
        lives = next((one for one in self.life.steps if isinstance(one, steps.Lives)), None)
        relative = lives is not None and lives.accommodation == "relatives"
        given, family, relation = carer(self.named, pen.chance, relative=relative)
        person, once = pen.id(at), pen.once()
        pen.book.add(Person, {"id": person, "entered_by_id": pen.holder.pk, "entered_at": at, "once": once})
        name = pen.say("name", at, person=person, kind="known_as", given=given, family=family)
        name["once"] = None
        self._keys(name)
        parent = relation in ("mother", "father")
        pen.say(
            "relation",
            at,
            once=once,
            other_id=person,
            relation=relation,
            parental_responsibility=parent,
            carer=True,
            household=not self._in_care,
        )
        pen.say(
            "contact", at, person=person, since=at.date(), method="mobile", value=self._mobile(), safe="safe", words=""
        )

    @property
    def _in_care(self) -> bool:
        return any(isinstance(step, steps.Placed) for step in self.life.steps)

    def _mobile(self) -> str:
        return f"07700 900{self.pen.chance.randrange(1000):03d}"


@cache
def _made_of(given: str, family: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((key.part, key.sound, key.start) for key in keys.made_of(Name(given=given, family=family)))
