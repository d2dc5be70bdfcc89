"""The command line's entry: it puts the commands together and ends with their exit code."""

from __future__ import annotations

import sys

import click

from earlyhelp import __version__, own_process
from earlyhelp.cli import check, data, figures, mapping, offer, synthetic, systems, workspace
from earlyhelp.cli.ask import ask
from earlyhelp.cli.case_study import case_study
from earlyhelp.cli.demo import demo
from earlyhelp.cli.evaluate import evaluate, pool
from earlyhelp.cli.forget import forget
from earlyhelp.cli.frame import run
from earlyhelp.cli.link import link
from earlyhelp.cli.pack import pack
from earlyhelp.cli.portfolio import portfolio
from earlyhelp.cli.reference import reference
from earlyhelp.cli.release import release
from earlyhelp.cli.report import report
from earlyhelp.cli.review import review
from earlyhelp.cli.scenario import scenario
from earlyhelp.cli.serve import serve, user


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="earlyhelp")
def commands() -> None:
    """Early Help Evidence: from the extracts a council already has to figures that finance and inspectors accept.

    Start with: earlyhelp init DIR --council CODE, put extracts into DIR/inbox, then earlyhelp run DIR.
    """


for command in (
    workspace.init,
    demo,
    data.sources,
    data.load,
    mapping.map_file,
    mapping.map_value,
    data.run,
    check.check,
    check.reconcile,
    check.changes,
    systems.systems,
    offer.offer,
    data.export,
    forget,
    report,
    link,
    review,
    reference,
    figures.measures,
    figures.measure,
    ask,
    evaluate,
    scenario,
    portfolio,
    pool,
    pack,
    case_study,
    release,
    figures.cube,
    figures.certificate,
    synthetic.synthesise,
    serve,
    user,
    workspace.doctor,
):
    commands.add_command(command)


def main() -> None:
    """Run the command that was typed and end with its exit code."""
    own_process.begin()
    sys.exit(run(commands, sys.argv[1:]))


if __name__ == "__main__":
    main()
