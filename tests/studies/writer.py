"""Saves version after version and says which is confirmed, until somebody kills it."""

import sys
from itertools import count

from segmentation.studies import address_from, open_store
from tests.studies.conftest import draft


def main(study_id: str) -> None:
    address = address_from()
    assert address is not None
    store = open_store(address)
    seen = store.study(study_id)
    for number in count(1):
        seen = store.save_version(study_id, draft(number), seen.revision)
        sys.stdout.write(f"{seen.latest.number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
