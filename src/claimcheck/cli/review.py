"""The reviewers' desk: review."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

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
            "--token",
            metavar="SECRET",
            help="What opens the desk; 'new' makes one.",
            envvar="CLAIMCHECK_TOKEN",
        ),
    ] = None,
) -> None:
    """Decide on claims in a browser: the queue, each claim with its rows, decisions that are never lost."""
    from claimcheck import console
    from claimcheck.review.serve import EveryAddress, bound, server

    secret = secrets.token_urlsafe(24) if token == "new" else token
    if host not in HERE and secret is None:
        raise typer.BadParameter(
            "other machines can reach that address: give a --token, or 'new'", param_hint="--host"
        )
    if secret is not None and len(secret) < SHORTEST:
        raise typer.BadParameter(f"a token has at least {SHORTEST} characters", param_hint="--token")
    with clear_errors():
        try:
            listening = bound(host, port)
        except EveryAddress:
            message = "name the one address that browsers will type"
            raise typer.BadParameter(message, param_hint="--host") from None
    with clear_errors(), listening as opened:
        running = server(database, opened, host, secret)
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{opened.getsockname()[1]}/" + (f"?token={secret}" if secret else "")
        console.err.print(
            f"The desk is open at {address} (Ctrl-C closes it)", highlight=False, soft_wrap=True
        )
        running.run(sockets=[opened])
