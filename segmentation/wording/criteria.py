"""What each check of the scorecard says, and what would turn it green."""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.wording.language import mark

CRITERIA_SENTENCES: Mapping[str, str] = {
    "size-too-few": mark("{n:count} customers are fewer than {threshold:count}."),
    "size-pass": mark("{share:percent} of all customers, at least {threshold:percent} wanted."),
    "size-caution": mark("{share:percent} of all customers, below {threshold:percent}."),
    "size-fail": mark("{share:percent} of all customers, far below {threshold:percent}."),
    "remedy-size": mark("Fewer segments, or join it with its nearest neighbour."),
    "paying-unknown": mark("Nobody has said yet what a response earns and how many respond."),
    "remedy-money": mark("Type in response rate, margin and costs under Thresholds."),
    "paying-never": mark(
        "At {response:percent} responses each contact costs more than it earns, so no size pays: "
        "at least {least:percent} have to respond."
    ),
    "remedy-never-pays": mark("A cheaper channel, a better response, or more margin."),
    "paying-pass": mark("{n:count} customers; it pays from {needed:count} on."),
    "paying-fail": mark("{n:count} customers; it pays only from {needed:count} on."),
    "remedy-paying": mark("Lower the fixed cost, or share it by joining another segment."),
    "measurability-pass": mark("{share:percent} of members have all basis variables filled."),
    "measurability-caution": mark(
        "Only {share:percent} of members have all basis variables filled ({threshold:percent} "
        "wanted)."
    ),
    "measurability-fail": mark(
        "{share:percent} of members have all basis variables filled, far below {threshold:percent}."
    ),
    "remedy-measurability": mark("Fill the gaps, or leave out the variable with most of them."),
    "reachability-pass": mark("{channel} reaches {share:percent} of members."),
    "reachability-caution": mark(
        "The best channel, {channel}, reaches {share:percent} ({threshold:percent} wanted)."
    ),
    "reachability-fail": mark(
        "The best channel, {channel}, reaches only {share:percent} ({threshold:percent} wanted)."
    ),
    "reachability-unknown": mark(
        "The file has neither consents nor contacts, so nobody knows whom you may reach."
    ),
    "reachability-no-consent": mark(
        "The file has contacts but no consent: unknown consent counts as none."
    ),
    "reachability-unchecked": mark(
        "{channel}: {share:percent} agreed, but the file has no address to check."
    ),
    "reachability-assumed": mark(
        "{channel} would reach {share:percent}, but only because you count unknown consent as "
        "given."
    ),
    "remedy-reach": mark("Ask for consent, and repair or collect addresses for the best channel."),
    "remedy-reach-unknown": mark("Join a file with consents and addresses on the Table page."),
    "remedy-consent": mark("Join the consents, or say below how unknown consent counts."),
    "differentiability-pass": mark(
        "It differs from all others in “{outcome}”, which formed no segment: effect "
        "{effect:number}, adjusted p at most {p:number}."
    ),
    "differentiability-caution": mark(
        "It differs from all others in “{outcome}” beyond chance (adjusted p at most {p:number}), "
        "but hardly: effect {effect:number}."
    ),
    "differentiability-fail": mark(
        "It differs from all others in no outcome beyond chance; the nearest is “{outcome}” with "
        "adjusted p at most {p:number}."
    ),
    "differentiability-unknown": mark(
        "No column says how it turned out, such as response, churn or later spending."
    ),
    "differentiability-nothing": mark(
        "These customers are one population. An outcome that changes gradually differs across any "
        "cut, so that it differs here proves no segment."
    ),
    "remedy-outcome": mark("Give a column the role Outcome on the Variables page."),
    "remedy-differentiability": mark(
        "Other basis variables, nearer to what you want to change; or join it with its neighbour."
    ),
    "remedy-nothing-found": mark(
        "Other variables, one part of the market only, or no segments: treat it as one market."
    ),
    "stability-pass": mark(
        "Found again to {value:number} in other samples (stable from {threshold:number})."
    ),
    "stability-caution": mark(
        "Found again to {value:number}: a pattern, with members that change (stable from "
        "{threshold:number})."
    ),
    "stability-fail": mark(
        "Found again to {value:number} only: another sample would show another segment (stable "
        "from {threshold:number})."
    ),
    "stability-constructed": mark(
        "Found again to {value:number}, but the segments are constructed: the same cut comes "
        "back, not a group that exists. The verdict overrides this number."
    ),
    "stability-nothing": mark("No segments were found in these data, so none can be stable."),
    "stability-unknown": mark("Not tested yet."),
    "stability-by-hand": mark(
        "Not tested: the test looks whether segments that were found come back; these were given, "
        "or changed by hand."
    ),
    "remedy-by-hand": mark(
        "Test the segments as the app finds them, before any are given or changed by hand."
    ),
    "remedy-test": mark("Press “Test the segments” on the Segments page; it takes half a minute."),
    "remedy-stability": mark("Fewer segments, or other variables; plan with care until then."),
    "actionability-pass": mark(
        "A rule that people can read finds its members ({share:percent} balanced accuracy), and "
        "the plan is complete."
    ),
    "actionability-no-plan": mark(
        "A rule that people can read finds its members ({share:percent} balanced accuracy), but "
        "the plan lacks: {fields:list}."
    ),
    "actionability-caution": mark(
        "The rule that people can read finds its members only roughly ({share:percent} balanced "
        "accuracy)."
    ),
    "actionability-fail": mark(
        "No rule that people can read finds its members ({share:percent} balanced accuracy, 50 % "
        "is guessing)."
    ),
    "actionability-unknown": mark("No rule could be learned from these variables."),
    "remedy-plan": mark("Fill in owner, offer and channel in the table of plans below."),
    "remedy-rule": mark(
        "Fewer segments or fewer variables; else place customers by the golden questions."
    ),
    "freshness-days": mark(
        "The newest date, in “{column}”, is {day}: {days:count} days ago (at most {most:count}). "
        "The segments were found {fit:count} days ago."
    ),
    "freshness-days-chosen": mark(
        "You say that the data end on {day}: {days:count} days ago (at most {most:count}). The "
        "segments were found {fit:count} days ago."
    ),
    "freshness-unknown": mark("No date tells when the data end."),
    "remedy-cut-off": mark("Enter the last day of the data under Thresholds."),
    "remedy-freshness": mark(
        "Load newer data and find the segments again; a saved study does that."
    ),
    "speciality-pass": mark(
        "A program of its own earns {gain:number} more than joining segment {near:count}, where "
        "{kept:percent} of the responses would be kept."
    ),
    "speciality-caution": mark(
        "Joining segment {near:count} earns {gain:number} more than a program of its own, as "
        "{kept:percent} of the responses would be kept."
    ),
    "speciality-unknown": mark(
        "Nearest is segment {near:count}; whether joining pays cannot be said without money."
    ),
    "remedy-speciality": mark(
        "Serve it with the program of segment {near:count}, or make its own one cheaper."
    ),
}
