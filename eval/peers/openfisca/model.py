"""Four of the rules as openfisca-core states rules; runs in the peer's own environment.

    python model.py IN.json OUT.json

In: `{cases: [{rule, as_of, facts}], rounds, people}`. Out: what each case comes to, and how long a
decision takes: a fresh simulation for one person, with the trace and without, and many people at
once, which is what openfisca is built for. Nothing of ours is imported here.
"""

# The peer's environment has no type stubs and our checker does not see its packages.
# mypy: ignore-errors
# ruff: noqa: ARG002, D101, D102 - openfisca gives every formula the same arguments; labels say what

import json
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DAY, ETERNITY
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = build_entity(key="person", plural="people", label="申请人", is_person=True)
NEVER = date(9999, 12, 31)  # an unknown day: openfisca has no unknown, a default stands for it


class Edu(Enum):
    unknown = "不知道"
    junior = "初中及以下"
    senior = "高中"
    vocational = "中职技校"
    college = "大专"
    bachelor = "本科"
    master = "硕士"
    doctor = "博士"


class Title(Enum):
    unknown = "不知道"
    none = "无"
    junior = "初级"
    middle = "中级"
    vice_senior = "副高"
    senior = "正高"


class Skill(Enum):
    unknown = "不知道"
    none = "无"
    junior = "初级工"
    middle = "中级工"
    senior = "高级工"
    technician = "技师"
    senior_technician = "高级技师"


class Staff(Enum):
    unknown = "不知道"
    active = "在编"
    retired = "退休"


def fact(kind, default, values=None):
    """The class of an input variable that holds for ever."""
    body = {
        "value_type": kind,
        "entity": Person,
        "definition_period": ETERNITY,
        "default_value": default,
        "label": "fact",
    }
    if values is not None:
        body["possible_values"] = values
    return body


def day_of(period):
    """The day decided for, as numpy counts days."""
    return np.datetime64(str(period.start), "D")


def add_months(start, months):
    """n months later, the month's last day where there is no such day."""
    month = start.astype("datetime64[M]")
    offset = (start - month.astype("datetime64[D]")).astype(int)
    target = month + months
    last = ((target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")).astype("datetime64[D]")
    return np.minimum(target.astype("datetime64[D]") + offset, last)


class rental_eligible(Variable):  # noqa: N801 - openfisca names variables so
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "租赁落户"

    def formula_2024_08_01(person, period, parameters):  # noqa: N805
        months = int(parameters(period).rental_months)
        held = add_months(person("reg_start", period), months) <= day_of(period)
        return (
            person("urban_housing", period)
            * held
            * np.logical_not(person("no_certificate", period))
        )


class employment_eligible(Variable):  # noqa: N801
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "合法稳定就业落户"

    def formula_2024_08_01(person, period, parameters):  # noqa: N805
        months = int(parameters(period).pension_months)
        paid = add_months(person("pension_start", period), months) <= day_of(period)
        return person("stable_job", period) * paid


class talent_with_family(Variable):  # noqa: N801
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "人才落户，可带家属"

    def formula_2024_08_01(person, period, parameters):  # noqa: N805
        edu, title, skill = (person(name, period) for name in ("edu", "title", "skill"))
        return (
            np.isin(edu, [EDU[n] for n in ("college", "bachelor", "master", "doctor")])
            + np.isin(title, [TITLE[n] for n in ("middle", "vice_senior", "senior")])
            + np.isin(skill, [SKILL[n] for n in ("technician", "senior_technician")])
        )


class talent_eligible(Variable):  # noqa: N801
    value_type = bool
    entity = Person
    definition_period = DAY
    label = "人才落户"

    def formula_2024_08_01(person, period, parameters):  # noqa: N805
        edu, title, skill = (person(name, period) for name in ("edu", "title", "skill"))
        alone = (
            (edu == EDU["vocational"])
            + (title == TITLE["junior"])
            + np.isin(skill, [SKILL[n] for n in ("middle", "senior")])
        )
        return person("talent_with_family", period) + alone


class public_account(Variable):  # noqa: N801
    value_type = float
    entity = Person
    definition_period = DAY
    label = "机关事业单位医疗补助：个人账户划入"

    def formula_2024_08_01(person, period, parameters):  # noqa: N805
        rates = parameters(period).account
        birthday = add_months(person("birth", period), 12 * int(rates.age_threshold))
        older = birthday <= day_of(period)
        active = np.where(older, rates.from_age, rates.under_age)
        return np.where(person("staff", period) == STAFF["retired"], rates.retired, active)


def codes(enum):
    """Each item's number in the arrays."""
    return {item.name: item.index for item in enum}


EDU, TITLE, SKILL, STAFF = (codes(enum) for enum in (Edu, Title, Skill, Staff))
FACTS = {
    "urban_housing": fact(bool, False),
    "no_certificate": fact(bool, False),
    "reg_start": fact(date, NEVER),
    "stable_job": fact(bool, False),
    "pension_start": fact(date, NEVER),
    "edu": fact(Enum, Edu.unknown, Edu),
    "title": fact(Enum, Title.unknown, Title),
    "skill": fact(Enum, Skill.unknown, Skill),
    "birth": fact(date, NEVER),
    "staff": fact(Enum, Staff.unknown, Staff),
}
FIGURES = {
    "rental_months": {"values": {"2024-08-01": {"value": 6}}},
    "pension_months": {"values": {"2024-08-01": {"value": 3}}},
    "account": {
        "under_age": {"values": {"2024-08-01": {"value": 80}}},
        "from_age": {"values": {"2024-08-01": {"value": 120}}},
        "retired": {"values": {"2024-08-01": {"value": 160}}},
        "age_threshold": {"values": {"2024-08-01": {"value": 45}}},
    },
}
OUTPUT = {
    "settle.rental": "rental_eligible",
    "settle.employment": "employment_eligible",
    "settle.talent": "talent_eligible",
    "medical.public.account": "public_account",
}
NAMES = {
    "rent.is_urban_commodity_housing": "urban_housing",
    "reg.start": "reg_start",
    "job.stable_in_city": "stable_job",
    "pension.start": "pension_start",
    "edu": "edu",
    "title_level": "title",
    "skill_level": "skill",
    "birth_date": "birth",
    "staff.kind": "staff",
}


def build_system():
    """The country: its entity, its variables, its figures."""
    system = TaxBenefitSystem([Person])
    for name, body in FACTS.items():
        system.add_variable(type(name, (Variable,), dict(body)))
    for variable in (
        rental_eligible,
        employment_eligible,
        talent_with_family,
        talent_eligible,
        public_account,
    ):
        system.add_variable(variable)
    system.parameters = ParameterNode("", data=FIGURES)
    return system


def situation(facts):
    """One person's facts in openfisca's input form."""
    stated = {}
    for name, value in facts.items():
        if name == "rent.registration_certificate":
            stated["no_certificate"] = {"ETERNITY": not value}
            continue
        variable = NAMES[name]
        kind = FACTS[variable].get("possible_values")
        is_choice = kind is not None
        word = next(item.name for item in kind if item.value == value) if is_choice else value
        stated[variable] = {"ETERNITY": word}
    return {"people": {"applicant": stated}}


def decide(system, case, trace):
    """One decision from facts, as a service would take it: a fresh simulation."""
    simulation = SimulationBuilder().build_from_entities(system, situation(case["facts"]))
    simulation.trace = trace
    value = simulation.calculate(OUTPUT[case["rule"]], case["as_of"])[0]
    if trace:
        simulation.tracer.trees  # noqa: B018 - reading it is what a caller would do
    if case["rule"] != "settle.talent":
        return float(value) if case["rule"].startswith("medical") else bool(value), None
    return bool(value), bool(simulation.calculate("talent_with_family", case["as_of"])[0])


def timed(system, cases, rounds, trace):
    """Microseconds of processor time for one decision, by rule: the best of five batches."""
    found = {}
    for rule in OUTPUT:
        own = [case for case in cases if case["rule"] == rule]
        batches = []
        for _ in range(5):
            began = time.process_time()
            for _ in range(rounds):
                for case in own:
                    decide(system, case, trace)
            batches.append(1e6 * (time.process_time() - began) / (rounds * len(own)))
        found[rule] = min(batches)
    return found


def many(system, people):
    """Microseconds for one person where many are decided at once, by rule; no trace."""
    day = "2026-11-22"
    found = {}
    for rule, output in OUTPUT.items():
        simulation = SimulationBuilder().build_default_simulation(system, people)
        assert isinstance(simulation, Simulation)
        starts = np.datetime64("2026-11-22") - np.arange(people) % 900
        for name in ("reg_start", "pension_start", "birth"):
            simulation.set_input(name, "ETERNITY", starts.astype("datetime64[D]"))
        for name in ("urban_housing", "stable_job"):
            simulation.set_input(name, "ETERNITY", np.arange(people) % 2 == 0)
        began = time.process_time()
        simulation.calculate(output, day)
        found[rule] = 1e6 * (time.process_time() - began) / people
    return found


def main():
    """Read the exchange file, decide, time, write."""
    exchange = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    system = build_system()
    cases = exchange["cases"]
    reply = {
        "verdicts": [decide(system, case, trace=False) for case in cases],
        "with_trace_us": timed(system, cases, exchange["rounds"], trace=True),
        "without_trace_us": timed(system, cases, exchange["rounds"], trace=False),
        "many_us": many(system, exchange["people"]),
        "people": exchange["people"],
    }
    Path(sys.argv[2]).write_text(json.dumps(reply), encoding="utf-8")


if __name__ == "__main__":
    main()
