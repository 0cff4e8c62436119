"""What a claim costs does not depend on how long its text is, nor on how many claims are linked with it."""

import random
from pathlib import Path

from claimcheck.linking.linker import Linker
from claimcheck.reference.loading import load
from claimcheck.store import open_store
from tests.benchmarks.linking import places, reading, write_package
from tests.pace import keeps_pace


def test_a_claim_costs_the_same_in_a_long_text(tmp_path: Path) -> None:
    chance = random.Random(1)
    names = places(chance)
    write_package(tmp_path, 1200, names)
    many = [reading(i, chance, names) for i in range(30)]
    long = [reading(0, chance, names, 300)]
    with open_store(None) as store:
        store.publish_packages([load(tmp_path)])
        linker = Linker(store)
        assert keeps_pace(lambda: linker.check(long), lambda: linker.check(many), 2)
        assert keeps_pace(lambda: linker.check(many), lambda: linker.check(many[:5]), 12)
