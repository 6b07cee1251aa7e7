"""What the notes on order lines and on joined files say."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark, mark_plural

SENTENCES: Mapping[str, str | tuple[str, str]] = {
    # From orders to customers
    "looks-like-orders": mark(
        "These look like order lines: “{name}” repeats, {n_each:number} lines a customer. Have "
        "them summed up to one row a customer before you look for segments."
    ),
    "orders-summed": mark(
        "{lines:count} order lines with {orders:count} orders that count were summed up to "
        "{customers:count} customers."
    ),
    "as-of-last": mark(
        "Days are counted up to {date}, the day after the last line; another day can be chosen."
    ),
    "amount-computed": mark("The amount of a line is “{quantity}” times “{price}”."),
    "amount-absent": mark("There is no amount, so nothing tells what customers are worth."),
    "rows-are-orders": mark("There is no order id, so every line counts as an order."),
    "days-are-orders": mark(
        "There is no order id; the lines of one customer on one day count as one order."
    ),
    "lines-same-day": mark_plural(
        "{n:count} line falls on a day on which the customer has another one; without an order id "
        "they count as separate orders.",
        "{n:count} lines fall on a day on which the customer has another one; without an order id "
        "they count as separate orders.",
    ),
    "lines-without-order": mark_plural(
        "{n:count} line has no value in “{name}” and counts as an order of its own.",
        "{n:count} lines have no value in “{name}” and count as orders of their own.",
    ),
    "lines-without-customer": mark_plural(
        "{n:count} line without a customer in “{name}” was set aside.",
        "{n:count} lines without a customer in “{name}” were set aside.",
    ),
    "lines-without-date": mark_plural(
        "{n:count} line without a readable date in “{name}” was set aside.",
        "{n:count} lines without a readable date in “{name}” were set aside.",
    ),
    "lines-without-amount": mark_plural(
        "{n:count} line without a readable amount in “{name}” was set aside.",
        "{n:count} lines without a readable amount in “{name}” were set aside.",
    ),
    "lines-after-as-of": mark_plural(
        "{n:count} line after the chosen day was set aside.",
        "{n:count} lines after the chosen day were set aside.",
    ),
    "lines-netted": mark_plural(
        "{n:count} line is a return or a cancellation and was netted before anything was counted.",
        "{n:count} lines are returns or cancellations and were netted before anything was counted.",
    ),
    "orders-undone": mark_plural(
        "{n:count} order was returned or cancelled as a whole and is no order.",
        "{n:count} orders were returned or cancelled as a whole and are no orders.",
    ),
    "customers-undone": mark_plural(
        "{n:count} customer has no order left and is not in the table.",
        "{n:count} customers have no order left and are not in the table.",
    ),
    "order-total-repeated": mark(
        "“{name}” is the same on all lines of nearly every order: it may be the total of the "
        "order, which would then be counted several times."
    ),
    "season-needs-year": mark_plural(
        "The orders cover {n:count} day, too few for shares by season.",
        "The orders cover {n:count} days, too few for shares by season.",
    ),
    "carried-over": mark("Taken over, because they belong to the customer: {names:list}."),
    "carried-latest": mark_plural(
        "“{name}” has changed for {n:count} customer; the latest value is taken.",
        "“{name}” has changed for {n:count} customers; the latest value is taken.",
    ),
    # Files put under each other
    "parts-stacked": mark(
        "{n:count} files with the same columns were put under each other, {rows:count} rows in "
        "all: {files:list}."
    ),
    "part-lacks-column": mark_plural(
        "“{name}” is not in {n:count} of the files ({files:list}); it is blank in its rows.",
        "“{name}” is not in {n:count} of the files ({files:list}); it is blank in their rows.",
    ),
    "part-repeated": mark(
        "“{file}” has the same content as “{other}”: each of its rows is there twice."
    ),
    "part-styles-differ": mark(
        "“{name}” stays text: {files:list} write it in different ways, each by itself as {kind}. "
        "Have them written in one way to use it as such."
    ),
    "parts-codes-differ": mark_plural(
        "The files say different things about the codes of {n:count} column ({names:list}); the "
        "first file holds.",
        "The files say different things about the codes of {n:count} columns ({names:list}); the "
        "first file holds.",
    ),
    # Joining files
    "join-matched": mark(
        "“{file}”: {matched:count} of {customers:count} customers have a match by “{name}”, "
        "{unmatched:count} have none."
    ),
    "join-without-id": mark_plural(
        "{n:count} customer has no value in “{name}” and so no match.",
        "{n:count} customers have no value in “{name}” and so no match.",
    ),
    "join-file-noted": mark_plural(
        "Reading “{name}” took {n:count} repair or choice; open it by itself to see it.",
        "Reading “{name}” took {n:count} repairs or choices; open it by itself to see them.",
    ),
    "join-unused-rows": mark_plural(
        "{n:count} row of “{file}” matches no customer.",
        "{n:count} rows of “{file}” match no customer.",
    ),
    "join-first-kept": mark_plural(
        "{n:count} further row of “{file}” with the same “{name}” was left out.",
        "{n:count} further rows of “{file}” with the same “{name}” were left out.",
    ),
    "join-repeated-ids": mark_plural(
        "{n:count} customer has the “{name}” of another one; both get the same values.",
        "{n:count} customers have the “{name}” of another one; all get the same values.",
    ),
    "join-normalised": mark_plural(
        "{n:count} customer matches only because leading zeros, a trailing “.0” and case do not "
        "count.",
        "{n:count} customers match only because leading zeros, a trailing “.0” and case do not "
        "count.",
    ),
    "join-normalise-proposed": mark_plural(
        "{n:count} more customer would match if leading zeros, a trailing “.0” and case did not "
        "count.",
        "{n:count} more customers would match if leading zeros, a trailing “.0” and case did not "
        "count.",
    ),
    "join-renamed": mark("Already taken, so the file's name was added: {names:list}."),
    "join-file-changed": mark("“{name}” has changed since the study was made."),
}
