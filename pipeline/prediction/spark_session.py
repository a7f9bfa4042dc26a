"""The Spark that answers: the session that is open, the cluster that is configured, or the cores of this machine."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import StanceError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME = "stance predict"
# Where no cluster is meant; what the user has set stays as it is.
ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",  # it would listen on every address
    "spark.log.level": "OFF",  # Java's traces of what is told in one sentence
}
# What the rows of one machine need, in a session that was open before too.
SETTINGS = {
    "spark.sql.caseSensitive": "true",  # "Stance" is none of our columns
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",  # INT96 loses the time zone, and years far away
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # the 01 of month=01 stays a text
}
STARTED_BY_SUBMIT = "PYSPARK_GATEWAY_PORT"  # a variable that spark-submit sets: Java runs already
# A line of a report, Java's or Python's, that names an error: those of the cause come last.
NAMED_ERROR = re.compile(r"^(?:Caused by: |: )?(?:[\w$]+\.)*(?P<name>\w+(?:Error|Exception)): (?P<reason>.+)$", re.M)
OURS = StanceError.__name__
CODES = re.compile(r"^\[[A-Z_.]+\] | *SQLSTATE: \w+$")


def require_spark() -> None:
    """Make sure that Spark can be started.

    :raises StanceError: if PySpark or Java is missing.
    """
    if find_spec("pyspark") is None:
        message = "PySpark is not installed, which --engine spark needs; install this package as '.[spark]'."
        raise StanceError(message)
    if STARTED_BY_SUBMIT in os.environ:
        return
    home = os.environ.get("JAVA_HOME")
    if home and not (Path(home) / "bin" / "java").is_file():
        message = f"JAVA_HOME names {home}, where there is no bin/java; set it to Java 17 or later, or unset it."
        raise StanceError(message)
    if not home and shutil.which("java") is None:
        message = "Java is not installed, which --engine spark needs; install Java 17, or set JAVA_HOME to it."
        raise StanceError(message)


@contextmanager
def spark_session() -> Iterator["SparkSession"]:
    """Yield a session; one that was open before stays open.

    The master is that of ``SPARK_MASTER``, else that of spark-submit or spark-defaults.conf, else this machine.

    :raises StanceError: if Spark cannot be started.
    """
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    with told("Spark does not start"):
        started = _started()
    try:
        yield started
    finally:
        started.stop()


@contextmanager
def settings(spark: "SparkSession") -> Iterator[None]:
    """Read and write as one machine does; afterwards the session is as it was."""
    before = {name: spark.conf.get(name) for name in SETTINGS}
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn whatever Spark raises into one sentence.

    :param what: goes wrong.
    :raises StanceError: with Spark's reason.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        message = f"{what} ({reason_of(str(error))})."
        raise StanceError(message) from error


def reason_of(report: str) -> str:
    """Return what the report of an error, pages of it as a rule, names as the cause, in one line."""
    named = NAMED_ERROR.findall(report)
    name, reason = named[-1] if named else ("", next(filter(None, map(str.strip, report.splitlines())), "no reason"))
    reason = CODES.sub("", reason.strip()).rstrip(".")
    return f"{name}: {reason}" if name not in ("", OURS) else reason


def _started() -> "SparkSession":
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    for name in ("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"):  # else workers take the first python3 of the path
        os.environ.setdefault(name, sys.executable)
    SparkContext._ensure_initialized()  # only Java reads spark-defaults.conf and what spark-submit was told
    configured = SparkConf()
    master = os.environ.get("SPARK_MASTER") or configured.get("spark.master", "local[*]")
    builder = SparkSession.builder.appName(NAME).master(master)
    if master.startswith("local"):
        for name, value in ON_THIS_MACHINE.items():
            if not configured.contains(name):
                builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session
