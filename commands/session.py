"""From surroundings to an open connection; light to import, because `--help` comes by here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from commands.failures import UsageFailure
from commands.options import read_instant
from commands.surroundings import Surroundings

if TYPE_CHECKING:
    from commands.configuration import Configuration
    from commands.connect import Connection

# The imports inside functions bring pydantic, Google's clients or SQLAlchemy, which `--help` must not load.


@contextmanager
def configured(surroundings: Surroundings) -> Iterator[Configuration]:
    """The configuration in force; without any, the local workspace runs for as long as the block."""
    from commands import embedded  # noqa: PLC0415 (see above)

    found = file_in_force(surroundings)
    if found is not None:
        yield found
        return
    with embedded.local_workspace(surroundings) as started:
        yield started


@contextmanager
def connected(
    surroundings: Surroundings, *, at: str | None = None, writing: bool = False
) -> Iterator[Connection]:
    """Spreadsheet, calendar, mail and ledger, ready for use. at: an instant to play, as typed.

    writing: whether to take the ledger for ourselves. Raises ConfigurationError, SignInLost, LedgerError.
    """
    from commands.connect import connect  # noqa: PLC0415 (see above)

    with configured(surroundings) as configuration:
        clock = clock_at(surroundings, configuration, at)
        with connect(configuration, clock, writing=writing) as connection:
            yield connection


def clock_at(
    surroundings: Surroundings, configuration: Configuration, at: str | None
) -> Callable[[], datetime]:
    """The clock to use; standing still at `at` when that is given.

    UsageFailure when it is no instant, or when somebody outside this machine could be reached.
    """
    if at is None:
        return surroundings.clock
    instant = read_instant(at)
    if not configuration.endpoints.services.all_loopback:
        raise UsageFailure("--at plays with time, so it works on a local workspace only")
    return lambda: instant


def file_in_force(surroundings: Surroundings) -> Configuration | None:
    """The configuration that a file gives, None when there is none. Raises ConfigurationError."""
    from commands import configuration  # noqa: PLC0415 (see above)

    file = configuration.find(surroundings.config, surroundings.folder, surroundings.configurations)
    return configuration.read(file, surroundings.data) if file else None


def signing(surroundings: Surroundings) -> Configuration:
    """The configuration that says where the sign-in is kept; UsageFailure when there is no file.

    The embedded workspace does not count: it signs itself in.
    """
    found = file_in_force(surroundings)
    if found is None:
        raise UsageFailure(
            "There is no third-thursday.toml: make one first, here or in"
            f" {surroundings.configurations}; an empty file will do, beside the client_secret.json of your"
            " Google project"
        )
    return found
