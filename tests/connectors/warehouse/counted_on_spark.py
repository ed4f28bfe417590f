"""Run by the Spark environment: counts a folder of Parquet files on a local Spark and prints the counts as JSON.

.spark/bin/python tests/connectors/warehouse/counted_on_spark.py FOLDER YEAR-MONTH-DAY
"""

import json
import sys
from datetime import UTC, date, datetime

from deeper_women import DEEPER
from pyspark.sql import SparkSession
from told_alike import told, told_detail

from connectors.warehouse.address import parse_address
from connectors.warehouse.engines import open_door
from connectors.warehouse.held import held_roster
from dashboard.tally import tally

# Thousands of expressions over hundreds of rows on a small machine: compiling them takes longer than running them.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss4m",
}


def main(folder: str, day: str) -> None:
    builder = SparkSession.builder.master("local[1]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    builder.getOrCreate()
    address = parse_address(f"spark:{folder}")
    door = open_door(address)
    held = held_roster(door, address, DEEPER, door.token(), datetime.now(UTC))
    found = tally(held, DEEPER, date.fromisoformat(day))
    answers = {
        "rows": held.rows,
        "cube": told(found.cube),
        "detail": told_detail(found.more()),
        "filtered": found.where({"vulnerability": ("widow",), "cohort": ("c2",)}).women,
    }
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
