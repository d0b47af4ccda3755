"""Days as delivered tables name them: in full, as months and years, in sentences, as numbers."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from inteso_dash.intake.recognise.meaning import normalise_header
from inteso_dash.language.values import Cell, cell_text, parse_date
from inteso_dash.tables.reading.raw import RawTable

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan",
            "februar february feb",
            "märz maerz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CENTURY = r"(?:19|20)\d\d"
_IN_TEXT = re.compile(
    rf"""(?<![\d.,])(?:
        (?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.(?:\s?(?P<y>{_CENTURY})(?!\d)|(?P<y1>\d\d)(?!\d))?
      | (?P<y2>{_CENTURY})(?P<s>[-_/.])(?P<m2>\d{{2}})(?P=s)(?P<d2>\d{{2}})(?!\d)
      | (?P<y3>{_CENTURY})(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-3]\d)(?!\d)
      | (?P<d4>\d{{1,2}})[/_](?P<m4>\d{{1,2}})[/_](?P<y4>{_CENTURY})(?!\d)
      | (?P<d8>\d{{2}})-(?P<m8>\d{{2}})-(?P<y8>{_CENTURY})(?!\d)
      | (?P<d5>\d{{1,2}})(?:\.|st|nd|rd|th)?[\s-]?(?P<w5>{_MONTH})\b\.?,?
        (?:[\s-]?(?:des\sjahres\s)?(?P<y5>{_CENTURY})(?!\d))?
      | (?P<w6>{_MONTH})\b\.?\s(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y6>{_CENTURY})(?!\d)
      | \b(?P<w7>{_MONTH})\b\.?\s(?P<y7>{_CENTURY})(?!\d)
      | (?P<m9>0?[1-9]|1[0-2])/(?P<y9>{_CENTURY})(?![\d/])
      | \b(?P<e>(?:jahres)?ende)\s(?:des\sjahres\s)?(?P<ye>{_CENTURY})(?!\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"[\s/,T|–-]{0,9}(?:um\s)?\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:z|\s?uhr|\s?[+-]\d{2}(?::?\d{2})?)?"
    r"|\.\d{2}(?::\d{2}(?:\.\d{1,9})?|\s?uhr))\b",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"[\sT]00:00(?::00(?:\.0{1,9})?)?(?:z|[+-]00(?::?00)?)?", re.IGNORECASE)
"""What programs write behind a day."""
_LINKS = r"[\s:,.=(]*(?:(?:jeweils|zum|am|der|des|dem|den|the|is|ist|war|end|ende)\b[\s:,]*)*$"
_STICHTAG = re.compile(
    r"(?:\b(?:bevölkerungs|einwohner|zeit|jahres)?stand|\b(?:daten|zähl)?stichtage?s?"
    r"|\bzeit(?:punkt)?|\bjahresende|\bas (?:of|at)"
    r"|\breference (?:date|day)|\bkey date|\b(?:erhebungs|berichts|bezugs|auswertungs)\w+)"
    + _LINKS,
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:am|zum|per|jeweils|ende|at|at the end of)" + _LINKS, re.IGNORECASE)
_END = re.compile(r"\b(?:bis|until|to)(?:\s(?:zum|einschließlich))?\s*$", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"(?:grundlage|basis|basierend|based on)[^.;|·\n]{0,80}$|(?:nächst|künftig|next)\w*\s+\w+\W*$",
    re.IGNORECASE,
)
"""Before a Stichtag that is that of other figures."""
_HAPPENED = re.compile(
    r"\b(?:wurden?|wird|werden|war(?:en)?|galt(?:en)?|trat(?:en)?|kam(?:en)?|erfolgten?|durch"
    r"|wegen|aufgrund|was|were|has|had)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:^\W*\w?|(?<=\s))(?!\w*gebiet)[a-zäöüß]*(?:ge[a-zäöüß]{3,}(?:t|en)|iert|stellt)"
    r"\s(?:am|zum)\W*$"
)
"""What was done on a day, in the last word before it."""
_COUNTED = re.compile(r"\bgemeldet|gezählt|erhoben|erfasst|ermittelt|wohn|leb(?:t|en)")
_SOMETHING_ELSE = re.compile(
    r"erstell|erzeug|generier|abruf|abgeruf|download|heruntergel|druck|gebietsst|gebietsg|grenz"
    r"|gliederung|aktualisier|änder|letzte|version|veröffentl|erschien|erschein|export|bearbeit"
    r"|redaktion|gespeichert|angelegt|abfrage|abgefragt|ausgegeben|ausgabe|auszug|geladen|gebildet"
    r"|herausgegeben|gültig|kraft|beschl|copyright|©|lizenz|zugriff|datenstand|verarbeit|zuschnitt"
    r"|einteilung|kartengrund|grundkarte"
    r"|stand (?:der |des )?(?:gebiet|grenz|karte|daten|straßen|adress)"
    r"|bereitgestellt|bereitstell|berechnet|neuberechn|zusammengestellt|aufbereit|übermitt"
    r"|hochgeladen|freigegeben|abzug|gemeindung|umstell|benenn|zuordn|zusammenleg|auflös|umglieder"
    r"|satzung|verordnung|gesetz|vertrag|differenz|abweich|rückgang|eingang|prüf|\bdatei\b"
    r"|(?:territorial|kreis|gemeinde|straßen|adress|karten|raum)\w*stand|\bvor(?: dem)?\s*$"
    r"|importiert|versand|gesendet|geliefert|lieferung|gegenüber|vergleich|seit\b|\bab\b|basis"
    r"|retriev|creat|updat|access|print|modif|publish|boundar|generat|saved|issued|released|extract"
    r"|since|\bfrom\b|valid|compared|produced|compiled|delivered|sent\b",
    re.IGNORECASE,
)
_OF_BOUNDARIES = re.compile(
    r"(?:gebiets(?:ein|gl|gr|st|zu)|grenz|gliederung|einteilung|zuschnitt|geometrie|boundar)\w*"
    r"[\s:]*(?:mit|zum|vom|nach|am|der|as|at)?[\s:]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,:(–-]*(?P<stichtag>\(?(?:stichtag|stand|reference date))?\w*", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;|·()\n]|\.\s(?=\D)")
_WEEKDAY = re.compile(
    r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)s?\b[,\s]*(?:den\s)?$", re.IGNORECASE
)
_YEAR = re.compile(_CENTURY)
_MARKED_YEAR = re.compile(rf"(?P<y>{_CENTURY})(?:\s?(?P<mark>[prs]|\([prs]\))|[._]\d)")
_MONTH_ONLY = re.compile(
    rf"(?P<y>{_CENTURY})[-_/. ]?(?P<m>0[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-_/.](?P<y2>{_CENTURY})"
    rf"|(?P<y3>{_CENTURY})[-_/. ]?m(?P<m3>0[1-9]|1[0-2])"
    rf"|(?P<w>{_MONTH})\.?[-_ ]?(?P<y4>{_CENTURY})|(?P<y5>{_CENTURY})[-_ ](?P<w5>{_MONTH})"
    rf"|(?P<w6>{_MONTH})\.?[-_ ](?P<y6>\d\d)"
)
_NUMBERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBER = r"[1-4]|iv|i{1,3}"
_PART = r"(?:quartal|quarter|vierteljahr|vj|qu?|halbjahr|hj|h)\.?"
_PERIOD = re.compile(
    rf"(?P<y1>{_CENTURY})[-_/., ]{{0,3}}(?P<p1>{_PART})[-_/ ]?(?P<n1>{_NUMBER})"
    rf"|(?P<y2>{_CENTURY})[-_/., ]{{0,3}}(?P<n2>{_NUMBER})\.?[-_/ ]?(?P<p2>{_PART})"
    rf"|(?P<p3>{_PART})[-_/ ]?(?P<n3>{_NUMBER})[-_/., ]{{0,3}}(?P<y3>{_CENTURY})"
    rf"|(?P<n4>{_NUMBER})\.?[-_/ ]?(?P<p4>{_PART})[-_/., ]{{0,3}}(?P<y4>{_CENTURY})"
    rf"|(?P<p5>(?:jahres)?ende) (?P<y5>{_CENTURY})(?P<n5>)"
)
_IN_PERIOD = re.compile(r"quartal|quarter|vierteljahr|halbjahr|half")
_NUMBERED = re.compile(
    rf"(?P<y1>{_CENTURY})[-_/. ]?(?P<n1>{_NUMBER})\.?|(?P<n2>{_NUMBER})\.?[-_/ ]?(?P<y2>{_CENTURY})"
)
_BEFORE = re.compile(
    r"(?:im jahr|jahr|stand|stichtag|am|zum|berichtsjahr|monat|jahresende|ende"
    r"|(?:mo|di|mi|do|fr|sa|so)[.,]{0,2}(?=\s))[\s_]*:?\s*"
)
DATED = re.compile(
    r"stichtag\w*|datum|date|zeit|time|jahr|year|monat|month|quartal|quarter|berichts\w+|bezugs\w+"
    r"|zeitpunkt|zeitraum|stand|(?:(?:ref|time)[ _])?periode?|vierteljahr|halbjahr|jahr[ _]?monat"
    r"|(?:ref|reference|key|reporting)[ _]date|year[ _]?month|stichmonat"
    r"|j{4}-?mm(?:-?tt)?|y{4}-?mm(?:-?dd)?"
)
"""How a column is headed that holds the Stichtag."""
_SERIALS = range(36_526, 73_051)
_SERIAL_EPOCH = dt.date(1899, 12, 30)
_DIGITS = re.compile(rf"([0-3]\d)(0[1-9]|1[0-2])({_CENTURY})")
_LAST_CENTURY = 70


@dataclass(frozen=True)
class Mention:
    """A day that a text names; ``year`` is None where it names none.

    ``meant`` is True where the text says that figures are of this day, False where it says that
    the day is that of something else, and None where it says neither. ``in_full`` is False for a
    month, which stands for its last day.
    """

    month: int
    day: int
    year: int | None
    meant: bool | None
    in_full: bool = True

    @property
    def date(self) -> dt.date | None:
        """The day, where its year is named."""
        return None if self.year is None else _date(self.year, self.month, self.day)

    @property
    def ends_a_month(self) -> bool:
        """Whether it is the last day of a month, as days are that figures are of."""
        year = self.year or (2023 if (self.month, self.day) == (2, 28) else 2024)
        return self.day == calendar.monthrange(year, self.month)[1]


def mentions(text: str) -> Iterator[Mention]:
    """Yield the days that a text names and whether it says that figures are of them.

    >>> [(each.date, each.meant) for each in mentions("Stand: 31.12.2023, abgerufen am 5.2.2024")]
    [(datetime.date(2023, 12, 31), True), (datetime.date(2024, 2, 5), False)]
    """
    begin = 0
    for match in _IN_TEXT.finditer(text):
        found = {name[0]: each for name, each in match.groupdict().items() if each}
        month = _MONTHS[found["w"].casefold()] if "w" in found else int(found.get("m", 12))
        said = found.get("y")
        year = None if said is None else _year(said)
        before, begun, begin = text[begin : match.start()], begin > 0, match.end()
        in_full = "d" in found or "e" in found
        day = int(found["d"]) if "d" in found else calendar.monthrange(year or 2024, month)[1]
        if _date(year or 2024, month, day) is None:
            continue
        clock = _CLOCK.match(text, match.end())
        if clock is not None and _MIDNIGHT.fullmatch(clock[0]):
            clock = None
        meant = False if clock else _meant(before, text[match.end() :], within=begun)
        yield Mention(month, day, year, meant, in_full)


def _meant(before: str, after: str, *, within: bool) -> bool | None:
    """Say of the words around a day whether figures are of it; ``within``: a day came before."""
    clause = _WEEKDAY.sub("", _CLAUSE.split(before)[-1].replace("_", " "))
    stichtag = _STICHTAG.search(clause)
    if stichtag is not None:
        other = _OF_BOUNDARIES.search(clause[: stichtag.start()]) or _OF_OTHERS.search(before)
        return other is None
    if _SOMETHING_ELSE.search(clause):
        return False
    if _END.search(clause):
        return within and _END.fullmatch(clause.strip()) is not None
    follows = _AFTER.match(after)
    if follows is not None and follows["stichtag"]:
        return True
    if follows is not None and _SOMETHING_ELSE.search(follows[0]):
        return False
    sentence = f"{clause} {_CLAUSE.split(after)[0]}"
    if _PREPOSITION.search(clause) and not _COUNTED.search(sentence):
        return not (_HAPPENED.search(sentence) or _DONE.search(clause))
    return True if _PREPOSITION.search(clause) else None


def read_day(cell: Cell, *, serials: bool = False, head: str = "") -> dt.date | int | None:
    """Read a day, a month (as its last day) or a year; with ``serials`` Excel's number of a day.

    ``head`` stands over the column: below "Quartal", 4/2022 is no month.

    >>> read_day("31.12.2015"), read_day("Stand 2015"), read_day(42369, serials=True)
    (datetime.date(2015, 12, 31), 2015, datetime.date(2015, 12, 31))
    >>> [str(read_day(each)) for each in ("2022_12_31", "201911", "Feb 2020", "2021-Q3")]
    ['2022-12-31', '2019-11-30', '2020-02-29', '2021-09-30']
    """
    day = parse_date(cell)
    if day is not None:
        return day
    whole = normalise_header(cell_text(cell))
    month = read_month(whole, head)
    if month is not None:
        return month
    text = _BEFORE.sub("", whole, count=1)
    if _YEAR.fullmatch(text.removesuffix(".0")):
        return int(text[:4])
    if serials and text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return _SERIAL_EPOCH + dt.timedelta(days=int(text))
    if serials and (digits := _DIGITS.fullmatch(text)):
        return _date(int(digits[3]), int(digits[2]), int(digits[1]))
    match = _IN_TEXT.match(text)
    if match and (match.end() == len(text) or _CLOCK.fullmatch(text, match.end())):
        return next((each.date for each in mentions(text)), None)
    return read_month(text, head)


def read_month(cell: Cell, head: str = "") -> dt.date | None:
    """Read a month, quarter or half of a year as its last day; ``head`` as in `read_day`.

    >>> read_month("12/2019"), read_month("2. Quartal 2020"), read_month("2019")
    (datetime.date(2019, 12, 31), datetime.date(2020, 6, 30), None)
    >>> [str(read_month(each)) for each in ("IV. Quartal 2022", "2022-H1", "Dez-21")]
    ['2022-12-31', '2022-06-30', '2021-12-31']
    >>> read_month("2/2022"), read_month("2/2022", "Quartal")
    (datetime.date(2022, 2, 28), datetime.date(2022, 6, 30))
    """
    text = normalise_header(cell_text(cell)).removesuffix(".0")
    within = _IN_PERIOD.search(normalise_header(head))
    numbered = _NUMBERED.fullmatch(text) if within else None
    match = numbered or _PERIOD.fullmatch(text) or _MONTH_ONLY.fullmatch(text)
    if match is None:
        return None
    found = {name[0]: each for name, each in match.groupdict().items() if each}
    year = _year(found["y"])
    if "w" in found:
        month = _MONTHS[found["w"]]
    elif "m" in found:
        month = int(found["m"])
    else:
        part = within[0] if within and numbered else found["p"]
        month = _NUMBERS.get(found.get("n", ""), 12) * (6 if part.startswith("h") else 3)
    return None if month > 12 and "n" in found else _last(year, min(month, 12))


def plain_year(text: str, heads: Collection[str]) -> str:
    """Return the year of a head that marks it as provisional, revised or a second one of ``heads``.

    >>> plain_year("2022r", []), plain_year("2022.1", ["2022"]), plain_year("2022.1", ["2021.1"])
    ('2022', '2022', '2022.1')
    """
    match = _MARKED_YEAR.fullmatch(text.strip())
    return match["y"] if match and (match["mark"] or match["y"] in heads) else text


def split_day(text: str) -> tuple[str, dt.date | int | None]:
    """Part a head into what it is about and the day or year it ends or begins with.

    >>> split_day("Bevölkerung 31.12.2023"), split_day("2022 Arbeitslose"), split_day("Fläche ha")
    (('Bevölkerung', datetime.date(2023, 12, 31)), ('Arbeitslose', 2022), ('Fläche ha', None))
    """
    day = read_day(text)
    if day is not None:
        return "", day
    words = text.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        for rest, said in ((words[:-count], words[-count:]), (words[count:], words[:count])):
            day = read_day(" ".join(said).strip("()[],;:"))
            if day is not None:
                return " ".join(rest).rstrip(" ,;:([–-").lstrip(" ,;:–-"), day
    for at in (match.start() for match in re.finditer("_", text)):
        day = read_day(text[at + 1 :])
        if day is not None:
            return text[:at].rstrip(" _"), day
    return text, None


def day_named(raw: RawTable) -> tuple[int, int] | None:
    """Return the day in the year that title, footnotes, sheet or heads name, if it is one."""
    found = {
        (each.month, each.day)
        for text in (raw.title, *raw.footnotes, raw.sheet, *raw.head_texts)
        for each in mentions(text)
        if each.in_full and each.year is None and (each.meant or _by_itself(each))
    }
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Stichtage:
    """The days that a file says its figures are of, and other days that it names."""

    said: tuple[dt.date, ...] = ()
    others: tuple[dt.date, ...] = ()

    @property
    def only(self) -> dt.date | None:
        """The day, where the file says one."""
        return self.said[0] if len(self.said) == 1 else None


def stichtage(raw: RawTable) -> Stichtage:
    """Return the days that a file says its figures are of, and others.

    Title and heads need not say what a day is where it is the last of a month; footnotes, sheet
    and file name do. A day of retrieval, of making or of boundaries is none.
    """
    found: list[tuple[dt.date, bool]] = []
    at_head = (raw.title, *raw.head_texts)
    for text in (*at_head, *raw.footnotes, raw.sheet, raw.name.rpartition(".")[0]):
        for each in mentions(text):
            if each.date is not None:
                alone = text in raw.head_texts and read_month(text) == each.date
                meant = each.meant or alone or (text in at_head and _by_itself(each))
                found.append((each.date, bool(meant)))
    for at, column in enumerate(raw.columns):
        days = {read_day(row.cells[at], serials=True, head=column) for row in raw.rows}
        day = days.pop() if len(days) == 1 else None
        if isinstance(day, dt.date):
            found.append((day, DATED.fullmatch(normalise_header(column)) is not None))
    said = {day for day, meant in found if meant}
    return Stichtage(tuple(sorted(said)), tuple(sorted({day for day, _ in found} - said)))


def _by_itself(mention: Mention) -> bool:
    return mention.in_full and mention.meant is None and mention.ends_a_month


def read_day_of_year(text: str) -> tuple[int, int] | None:
    """Read a day without a year as month and day.

    >>> read_day_of_year("31.12."), read_day_of_year("30. Juni"), read_day_of_year("31.02.")
    ((12, 31), (6, 30), None)
    """
    plain = text.strip()
    plain += "." * bool(re.fullmatch(r"\d{1,2}\.\s?\d{1,2}", plain))
    found = next(mentions(plain), None) if _IN_TEXT.fullmatch(plain) else None
    return None if found is None or found.year is not None else (found.month, found.day)


def _year(text: str) -> int:
    """Read a year; of two digits, those from 70 on are of the last century."""
    if len(text) > 2:
        return int(text)
    return int(text) + (1900 if int(text) >= _LAST_CENTURY else 2000)


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
