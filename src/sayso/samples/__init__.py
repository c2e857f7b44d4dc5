"""The sample pile: reports about an invented truce in an invented country, written for sayso.

Nobody and nothing in them exists. `PILE` holds the reports, `KNOWLEDGE` the actors, outlets and
places that they speak of, in the form in which a user adds their own, and `GOLD` what the pile
holds, for `make eval`.
"""

from pathlib import Path

_HERE = Path(__file__).parent

PILE = _HERE / "pile"
KNOWLEDGE = _HERE / "knowledge"
GOLD = _HERE / "gold" / "sample.yaml"
