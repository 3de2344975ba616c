"""Where a child lives, in whose care and at what school, as rows."""

from __future__ import annotations

from datetime import time, timedelta

from waypost.demo.borough import steps, wording
from waypost.demo.borough.pen import OURS, Pen


class Surroundings:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.home: tuple[str, str] = ("", "")

    def lives(self, step: steps.Lives) -> None:
        """Whoever comes out of custody goes back to where they lived."""
        at, before = self.pen.at(step.day, time(14)), self.pen.open.get("address")
        inside = step.accommodation == "youth_custody"
        back = before is not None and before["accommodation"] == "youth_custody"
        self.pen.close("address", "address", step.day - timedelta(days=1))
        if not inside and not (back and self.home[0]):
            self.home = self._somewhere()
        lines, postcode = ("Held in custody", "") if inside else self.home
        self.pen.open["address"] = self.pen.say(
            "address",
            at,
            since=step.day,
            lines=lines,
            postcode=postcode,
            accommodation=step.accommodation,
            suitability="suitable" if step.suitable else "unsuitable",
        )

    def _somewhere(self) -> tuple[str, str]:
        """Lines and a postcode that begins as no real one does."""
        chance = self.pen.chance
        street = f"{chance.randint(1, 140)} {wording.one('streets', chance)}"
        district, sector = chance.randint(7, 9), chance.randint(1, 9)
        return f"{street}\nAlder Vale", f"ZZ{district} {sector}{chance.choice('ABDEFG')}{chance.choice('HJLN')}"

    def care_begins(self, step: steps.CareBegins) -> None:
        ours = not step.responsible
        responsible = step.responsible or OURS
        host = "" if ours else OURS
        self.pen.open["care"] = self.pen.say(
            "care",
            self.pen.at(step.day, time(13)),
            since=step.day,
            care_basis=step.basis,
            responsible=responsible,
            placing="" if ours else responsible,
            host=host,
        )

    def care_ends(self, step: steps.CareEnds) -> None:
        self.pen.close("care", "care", step.day)

    def placed(self, step: steps.Placed) -> None:
        self.pen.open["placement"] = self.pen.say(
            "placement",
            self.pen.at(step.day, time(13)),
            since=step.day,
            kind=step.kind,
            provider_id=None,
            miles=step.miles,
            authority=step.area,
        )

    def placement_ends(self, step: steps.PlacementEnds) -> None:
        self.pen.close("placement", "placement", step.day)

    def school(self, step: steps.School) -> None:
        self.pen.close("school", "education", step.day - timedelta(days=1))
        self.pen.open["school"] = self.pen.say(
            "education",
            self.pen.at(step.day, time(14, 30)),
            since=step.day,
            setting=step.setting,
            provider_id=None,
            hours_offered=step.offered,
            hours_attended=step.attended,
            special_needs_plan=False,
            words="",
        )

    def excluded(self, step: steps.Excluded) -> None:
        self.pen.say(
            "exclusion", self.pen.at(step.day, time(14, 30)), since=step.day, kind=step.kind, provider_id=None, words=""
        )
