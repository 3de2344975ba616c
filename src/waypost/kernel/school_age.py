"""Ages, and the days between which a child must by law be educated."""

from __future__ import annotations

from datetime import date, timedelta

# Education (Start of Compulsory School Age) Order 1998: (month, day), in the order of the year.
PRESCRIBED = ((3, 31), (8, 31), (12, 31))
SCHOOL_YEAR_BEGINS = 9  # 1 September; a school's own year may begin a few days from it
FRIDAY = 4


def birthday(born: date, age: int) -> date:
    """The day from whose first moment the person is that old; born on 29 February: 1 March in other years.

    Source: Family Law Reform Act 1969 s.9; that 1 March stands for 29 February is how it is read, not written in it.
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age(born: date, on: date) -> int:
    """Whole years; ValueError for a day before birth."""
    if on < born:
        raise ValueError(f"{on} is before birth")
    years = on.year - born.year
    return years if birthday(born, years) <= on else years - 1


def compulsory_from(born: date) -> date:
    """The first day of compulsory school age: the fifth birthday if it is a prescribed day, or the next such day.

    Source: Education Act 1996 s.8(2), for England and Wales.
    """
    fifth = birthday(born, 5)
    return min(day for month, number in PRESCRIBED if (day := date(fifth.year, month, number)) >= fifth)


def leaving_day(year: int) -> date:
    """The last Friday in June. Source: Education (School Leaving Date) Order 1997, for 1998 and after."""
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def compulsory_until(born: date) -> date:
    """The last day of compulsory school age, that day included: not the birthday.

    Whoever turns 16 after the leaving day but before the next school year has left on it.
    Source: Education Act 1996 s.8(3).
    """
    sixteenth = birthday(born, 16)
    return leaving_day(sixteenth.year if sixteenth.month < SCHOOL_YEAR_BEGINS else sixteenth.year + 1)
