"""A desk of several people: each with a token and a role, and how often they agree."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.review import people
from claimcheck.review.agreement_page import agreements
from claimcheck.review.app import make_app
from claimcheck.review.desk import Desk
from claimcheck.review.people import People
from claimcheck.review.serve import host_names
from claimcheck.store import StoreError
from tests.desk_case import HERE, HOST, LETTER, PATIENTS, TestClient, lines, post
from tests.killing import ended, forked
from tests.review_case import decision

CLAIM = f"/claim/{PATIENTS.claim_id}"
OFFERED = {
    "/": 'id="several"', CLAIM: 'id="decision"', "/gaps": 'href="/row?', "/learned": 'action="/learned"',
    "/row": 'id="row"',
}  # fmt: skip
"""What a page offers to who may do it."""
MAY = {"reader": [], "reviewer": ["/", CLAIM], "curator": list(OFFERED)}
POSTED = {"/decide": "reviewer", f"{CLAIM}/decide": "reviewer", "/likely": "reviewer", "/filters": "reviewer",
          "/row": "curator", "/learned": "curator"}  # fmt: skip


@pytest.fixture
def clients(tmp_path: Path, desk: Desk) -> dict[str, TestClient]:
    """A browser for each role; who sits at it is called as the role."""
    file = tmp_path / "people.csv"
    tokens = {role: people.add(file, role.title(), role) for role in people.ROLES}
    served = make_app(desk, host_names("127.0.0.1", 8712), None, People(file))
    return {
        role: opened(TestClient(served, base_url=f"http://{HOST}"), token) for role, token in tokens.items()
    }


def opened(client: TestClient, token: str) -> TestClient:
    assert client.get(f"/?token={token}&state=all").status_code == 200
    return client


@pytest.mark.parametrize("role", people.ROLES)
def test_what_a_role_may_not_do_is_not_offered_and_answers_403(
    clients: dict[str, TestClient], role: str, database: Path
) -> None:
    client = clients[role]
    for path, offer in OFFERED.items():
        page = client.get(path)
        assert (offer in page.text) is (path in MAY[role]), path
        assert page.status_code == (403 if path == "/row" and role != "curator" else 200)
        assert f"<bdi>{role.title()}</bdi>" in page.text or page.status_code == 403
    for path, needed in POSTED.items():
        answer = client.post(path, data={"kind": "nothing", "reviewer": "Somebody"}, headers=HERE)
        refused = people.ROLES.index(role) < people.ROLES.index(needed)
        assert (answer.status_code == 403) is refused, path
        assert (
            not refused or f"That takes the role {needed}; {role.title()} has the role {role}." in answer.text
        )
    assert lines(database) == []


def test_a_decision_is_in_the_name_of_whose_token_it_came_with(
    clients: dict[str, TestClient], database: Path
) -> None:
    assert 'name="reviewer"' not in clients["reviewer"].get(CLAIM).text.split('id="decision"')[1]
    post(clients["reviewer"], kind="confirm", reviewer="Curator")
    assert [line["reviewer"] for line in lines(database)] == ["Reviewer"]


def test_only_a_token_of_the_file_opens_the_desk(
    tmp_path: Path, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "people.csv"
    token = people.add(file, "Amal", "reader")
    assert token not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    client = TestClient(make_app(desk, [HOST], None, People(file)), base_url=f"http://{HOST}")
    assert client.get("/").status_code == client.get("/?token=wrong").status_code == 401
    opened(client, token)
    people.add(file, "Ben", "reader")
    people.remove(file, "amal")
    assert client.get("/").status_code == 401
    file.write_text("name,role,token_sha256\nBen,boss,1\n", encoding="utf-8")
    answer = client.get("/")
    assert (answer.status_code, "boss" in answer.text) == (503, False)
    assert "line 2, column role: 'boss': reader, reviewer or curator" in caplog.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: '': the first line is"),
        (f"name,role,token_sha256\n,reader,{'0' * 64}\n", "line 2, column name: '': a name has 1 to 80"),
        ("name,role,token_sha256\nA,reader,12\n", "line 2, column token_sha256: '12': 64 hex digits are"),
        (
            "name,role,token_sha256\n" + f"A,reader,{'0' * 64}\n" * 2,
            "line 3, column name: 'A': this person is",
        ),
        ("\udcff", "no CSV in UTF-8"),
    ],
)
def test_a_file_of_people_that_breaks_its_rules_is_refused(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(StoreError, match=re.escape(says)):
        People(file)


def test_the_command_lets_people_in_and_lists_them(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        given = ["people", str(tmp_path / "p.csv"), *arguments]
        done = CliRunner().invoke(app, given, env={"COLUMNS": "200"})
        return done.exit_code, " ".join(done.output.split())

    assert "no such file; begin it with: claimcheck people" in run()[1]
    code, said = run("--add", "Amal Haddad", "--role", "curator")
    token = said.split()[0]
    assert (code, len(token), "claimcheck review --people" in said) == (0, 32, True)
    assert People(tmp_path / "p.csv").of(token) is not None
    assert "Amal Haddad" in run()[1]
    assert [run("--add", name)[0] for name in ("amal haddad", "\udcff")] == [2, 2]
    assert "nobody has this name" in run("--remove", "Ben")[1]
    assert run("--remove", "Amal Haddad")[0] == 0
    assert "'boss' is none of reader, reviewer, curator" in run("--add", "B", "--role", "boss")[1]
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["review", "--people", "p.csv", "--token", "x" * 20])
    assert "give one of --token and --people" in " ".join(done.output.split())


def test_disagreements_stand_side_by_side_with_both_reasons(
    clients: dict[str, TestClient], desk: Desk
) -> None:
    assert "Nobody decided otherwise" in clients["reader"].get("/agreement").text
    post(clients["reviewer"], kind="override", verdict="supported", note="The list says so")
    post(clients["curator"], kind="not_a_claim", note="An echo")
    other = next(c for c in LETTER.reading.claims if c.claim_id != PATIENTS.claim_id)
    for client in (clients["reviewer"], clients["curator"]):
        post(client, other, kind="override", verdict="refuted")
    page = clients["reader"].get("/agreement").text
    sides = page[page.index('class="sides"') : page.index("</dl>", page.index('class="sides"'))]
    assert "The list says so" in sides
    assert "An echo" in sides
    assert re.search(r'data-h="Claims of both" class="n">2</td><td data-h="They agree" class="n">50 %', page)


def test_kappa_is_the_agreement_beyond_chance() -> None:
    """Cohen's own kind of table: 20 times both say supported, 15 times both refuted, 5 and 10 times not."""
    counts = {("supported", "supported"): 20, ("supported", "refuted"): 5,
              ("refuted", "supported"): 10, ("refuted", "refuted"): 15}  # fmt: skip

    def said(name: str, verdict: str) -> object:
        return decision(PATIENTS, "d", "override", name, verdict=verdict)

    stated = [
        {"a": said("A", one), "b": said("B", other)} for (one, other), n in counts.items() for _ in range(n)
    ]
    [found] = agreements(stated)  # type: ignore[arg-type]
    assert (found.claims, found.same, found.share) == (50, 35, 70.0)
    assert found.kappa == pytest.approx(0.4)
    [same] = agreements(stated[:20])  # type: ignore[arg-type]
    assert (same.share, same.kappa) == (100.0, None)


def test_who_is_let_in_at_one_time_is_in(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"

    def let_in(number: int) -> None:
        for other in range(4):
            people.add(file, f"{number} {other}", "reader")

    started = [forked(partial(let_in, number)) for number in range(6)]
    assert [ended(one) for one in started] == [0] * 6
    assert len(people.read(file)) == 24
