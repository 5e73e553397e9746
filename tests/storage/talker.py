"""A process that talks in many conversations until it is killed: `python talker.py URL TURNS ID…`.

Begins where the store says each conversation stands, and prints a line for each turn stored.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from assistant.dialogue.ports import Change
from assistant.storage import open_stores

_printing = Lock()


def question(conversation_id: str, position: int) -> str:
    """What is asked at this point of that conversation, and nowhere else."""
    return f"{conversation_id} 的第 {position} 问"


def adding(name: str, said: str) -> Change:
    """The change that adds one fact."""
    return lambda state: state | {"facts": state.get("facts", {}) | {name: {"said": said}}}


def main(url: str, turns: str, *ids: str) -> None:
    """Talk in all conversations at once."""
    stores = open_stores(url, Path())

    def talk(id_: str) -> None:
        for position in range(len(stores.conversations.load(id_).turns) + 1, int(turns) + 1):
            said = question(id_, position)
            stored = stores.conversations.append_turn(
                id_, said, {}, change=adding(f"fact.{position}", said)
            )
            stores.conversations.answer_turn(id_, stored.turns[-1].position, {"text": said})
            with _printing:
                print(id_, stored.turns[-1].position, flush=True)

    with ThreadPoolExecutor(25) as pool:
        list(pool.map(talk, ids))
    stores.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
