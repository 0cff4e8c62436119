"""The reviewers' desk: review."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from claimcheck import console
from claimcheck.cli.common import DATABASE, Database, app, clear_errors

HERE = ("127.0.0.1", "::1")
SHORTEST = 16


@app.command()
def review(
    database: Database = DATABASE,
    port: Annotated[int, typer.Option("--port", metavar="N", help="The port.", min=0, max=65535)] = 8712,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Another address to be reached at; needs --token."),
    ] = HERE[0],
    token: Annotated[
        str | None,
        typer.Option(
            "--token", metavar="SECRET", help="What opens the desk; 'new' makes one.",
            envvar="CLAIMCHECK_TOKEN",
        ),
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option("--people", metavar="FILE", help="Who may do what; each has a token of their own."),
    ] = None,
) -> None:
    """Decide on claims in a browser: the queue, each claim with its rows, decisions that are never lost."""
    from claimcheck.review.people import People
    from claimcheck.review.serve import EveryAddress, bound, server

    secret = secrets.token_urlsafe(24) if token == "new" else token
    if secret is not None and people is not None:
        raise typer.BadParameter("give one of --token and --people: each person has a token of their own")
    if host not in HERE and secret is None and people is None:
        raise typer.BadParameter(
            "other machines can reach that address: give a --token, or 'new', or --people",
            param_hint="--host",
        )
    if secret is not None and not (len(secret) >= SHORTEST and secret.isascii() and secret.isprintable()):
        raise typer.BadParameter(f"a token has at least {SHORTEST} characters of ASCII", param_hint="--token")
    with clear_errors():
        try:
            listening = bound(host, port)
        except EveryAddress:
            message = "name the one address that browsers will type"
            raise typer.BadParameter(message, param_hint="--host") from None
    with clear_errors(), listening as opened:
        running = server(database, opened, host, secret, None if people is None else People(people))
        name = f"[{host}]" if ":" in host else host
        opens = f"?token={secret or 'TOKEN'}" if secret or people else ""
        address = f"http://{name}:{opened.getsockname()[1]}/{opens}"
        console.say(f"The desk is open at {address} (Ctrl-C closes it)", console.err)
        running.run(sockets=[opened])


@app.command("people")
def people_of(
    file: Annotated[Path, typer.Argument(help="The file of people; --add begins it.")] = Path("people.csv"),
    add: Annotated[
        str | None, typer.Option("--add", metavar="NAME", help="Let somebody in; prints their token once.")
    ] = None,
    role: Annotated[str, typer.Option("--role", help="reader, reviewer or curator.")] = "reviewer",
    remove: Annotated[
        str | None, typer.Option("--remove", metavar="NAME", help="Let somebody in no more.")
    ] = None,
) -> None:
    """Who may open the desk, and do what there: list them, let somebody in, or no more."""
    from claimcheck.cli.rows import Rows, print_rows
    from claimcheck.review import people

    if role not in people.ROLES:
        raise typer.BadParameter(f"{role!r} is none of {', '.join(people.ROLES)}", param_hint="--role")
    with clear_errors():
        if add is not None:
            typer.echo(people.add(file, add, role))
            console.complain(f"shown this once; it opens the desk: claimcheck review --people {file}", "dim")
        if remove is not None:
            people.remove(file, remove)
        if add is None and remove is None:
            print_rows(("name", "role"), [(one.name, one.role) for one in people.read(file)], Rows.table)
