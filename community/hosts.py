"""Finding the person behind what was typed under Host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from community.people import Person, Status, normalise, person_key, shown_name
from sheets_schema.addresses import read_address
from sheets_schema.cells import Unreadable


class HostFinder:
    """Looks hosts up by name or address among the people of the community."""

    def __init__(self, people: Iterable[Person], community_id: str, zone: ZoneInfo) -> None:
        self._id = community_id
        self._zone = zone
        self._by_key: Mapping[str, Person] = {person.key: person for person in people}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in self._by_key.values():
            self._by_name[_spelling(person.name)].append(person)

    def find(self, typed: str) -> tuple[Person | None, str]:
        """The person meant and an empty text, or None and, in plain words, why nobody was found."""
        if "@" in typed:
            try:
                address = read_address(typed)
            except Unreadable as error:
                return None, error.what
            person = self._by_key.get(person_key(self._id, address))
            return self._usable(typed, person or self._guest_host(parseaddr(typed)[0], address))
        found = self._by_name.get(_spelling(typed), [])
        if len(found) == 1:
            return self._usable(typed, found[0])
        if found:
            rows = " and ".join(str(person.row) for person in found if person.row)
            return (
                None,
                f"{typed} fits more than one member (Members, rows {rows}); type the address instead.",
            )
        return None, f"{typed} is nobody in Members; type the name as it stands there, or an address."

    def _guest_host(self, name: str, address: str) -> Person:
        spelled = normalise(address)
        return Person(person_key(self._id, spelled), shown_name(name or spelled), spelled, self._zone)

    @staticmethod
    def _usable(typed: str, person: Person) -> tuple[Person | None, str]:
        if person.status in {Status.LEFT, Status.PAUSED}:
            why = f"{typed} stands in Members as {person.status}, so is not asked; name another host."
            return None, why
        return person, ""


def _spelling(name: str) -> str:
    return " ".join(name.split()).casefold()
