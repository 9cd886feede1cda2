"""How the office's list and those on it look, and what its buttons claim."""

from bot.domain.exemplars import Consent
from bot.domain.periods import Period
from bot.domain.writing import abridge
from bot.messages import Button, Call, in_rows
from bot.operations import office_list as listing
from bot.texts import N_, Html, Texts
from storage.office_lists import Candidate, ListState, OfficeList

FLOW = "ol"
FORM, NOTE = "form", "note"
"""What may be typed."""
CONSENTS = {
    Consent.NONE: N_("office_list.consent_none"),
    Consent.ASKED: N_("office_list.consent_asked"),
    Consent.CHANGE: N_("office_list.consent_change"),
    Consent.AGREED: N_("office_list.consent_agreed"),
    Consent.DECLINED: N_("office_list.consent_declined"),
}


def data(act: str, period: object, *, row: int = 0, page: int = 0, arg: str = "") -> str:
    """What a button about a period's list claims; `row` is an exemplar's number."""
    return str(Call(FLOW, row, page, act, f"{period}.{arg}" if arg else str(period)))


def line_of(texts: Texts, number: int, one: Candidate) -> Html:
    """One of them on a line: what is proposed, or why the unit chose them."""
    values = {"number": number, "name": name_of(texts, one), "unit": one.by_unit}
    if one.declined:
        return texts.say("office_list.line_declined", **values)
    form = form_of(texts, one.form) or texts.plain("office_list.no_form")
    note = f" – {one.note}" if one.note else ""
    if one.listed:
        return texts.say("office_list.line_listed", **values, form=form, note=note)
    return texts.say("office_list.line", **values, reason=abridge(one.reason, 90))


def look_line(texts: Texts, number: int, one: Candidate) -> Html:
    """One of them as leaders read it, without the secretariat's note."""
    form = form_of(texts, one.form) or texts.plain("office_list.no_form")
    name, unit = name_of(texts, one), one.by_unit
    return texts.say("office_list.line_look", number=number, name=name, unit=unit, form=form)


def name_of(texts: Texts, one: Candidate) -> str:
    """Their name, or that it was erased."""
    return one.exemplar.nominee.name or texts.plain("person.erased")


def form_of(texts: Texts, form: str) -> str:
    """A proposed form of commendation in the reader's words."""
    return texts.plain(listing.FORMS[form]) if form in listing.FORMS else form


def toggle(texts: Texts, period: Period, one: Candidate, page: int) -> Button:
    """Puts somebody on the list or takes them off."""
    name = abridge(name_of(texts, one), 40)
    if one.declined:
        return Button(f"– {name}", data("item", period, row=one.exemplar.id))
    act = "off" if one.listed else "on"
    label = f"☑ {name}" if one.listed else f"☐ {name}"
    return Button(label, data(act, period, row=one.exemplar.id, page=page))


def open_button(texts: Texts, period: Period, one: Candidate, number: int) -> Button:
    """The way to one of them."""
    return Button(texts.plain("button.open_item", number=number), data("item", period, row=one.exemplar.id))


def ways(texts: Texts, period: Period, one: Candidate) -> list[list[Button]]:
    """What may be proposed for one of them."""
    row = one.exemplar.id
    forms = [
        Button(
            f"{'✓ ' if form == one.form else ''}{texts.plain(label)}",
            data("set", period, row=row, arg=str(number)),
        )
        for number, (form, label) in enumerate(listing.FORMS.items())
    ]
    other = Button(texts.plain("button.other_form"), data("ask", period, row=row, arg=FORM))
    note = [Button(texts.plain("button.write_note"), data("ask", period, row=row, arg=NOTE))]
    if one.note:
        note.append(Button(texts.plain("button.drop_note"), data("unnote", period, row=row)))
    off = [Button(texts.plain("button.take_off"), data("off", period, row=row))] if one.listed else []
    return [*in_rows([*forms, other], 1), note, off]


def ways_back(texts: Texts, period: Period, one: Candidate) -> list[list[Button]]:
    """All that was said for them, and back to everybody."""
    read = Button(texts.plain("button.read_all_reasons"), data("who", period, row=one.exemplar.id))
    return [[read], [Button(texts.plain("button.to_list"), data("pick", period))]]


def of_the_review(texts: Texts, period: Period, *, clerk: bool = True) -> list[Button]:
    """What else the review of the period looks at: its lessons, and for a year what people have suggested."""
    row = [Button(texts.plain("button.lessons_of"), str(Call("le", 0, 0, "list", f",{period}")))]
    if clerk and period.months == 12:
        row.append(
            Button(texts.plain("button.suggestions_of"), str(Call("su", 0, 0, "list", f"0,{period},0")))
        )
    return row


def standing_title(texts: Texts, period: Period, found: OfficeList | None, n: int) -> Html:
    """How the list stands."""
    named = {"period": texts.period(str(period))}
    if found is not None and found.state is ListState.CLOSED:
        return texts.count("office_list.is_closed", n, **named, at=texts.moment(found.at))
    return texts.count("office_list.stands", n, **named) if n else texts.say("office_list.empty", **named)
