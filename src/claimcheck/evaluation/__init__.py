"""How well the program reads and judges sentences whose verdicts are known: cases run, scored, explained.

`running` checks the cases of packages, `scoring` counts what came out, and `diagnosis` says at which step a
statement was stopped and by which word. The cases themselves are `claimcheck.reference.cases`.
"""

from claimcheck.evaluation.diagnosis import Diagnosis, Known, diagnose
from claimcheck.evaluation.running import Run, attempt, run, scored
from claimcheck.evaluation.scoring import Figures, Result, score

__all__ = ["Diagnosis", "Figures", "Known", "Result", "Run", "attempt", "diagnose", "run", "score", "scored"]
