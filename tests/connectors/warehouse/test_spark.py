"""The same women counted on Apache Spark, in the environment that `make test` makes for it (tools.spark)."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from deeper_women import DEEPER
from told_alike import told, told_detail
from women import AS_OF

from dashboard.tally import tally
from tools.spark import JAVA_HOME, find_java, spark_python
from warehouse.tables import in_parquet, odd_roster

ROOT = Path(__file__).parents[3]


@pytest.mark.timeout(300)
def test_every_entry_is_that_of_pandas(tmp_path: Path) -> None:
    odd, folder = odd_roster(), tmp_path / "women"
    folder.mkdir()
    in_parquet(odd, folder)
    python, java = spark_python(), find_java()
    assert python.exists(), "make spark"
    assert java is not None, "make spark"
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environ = {**os.environ, "PYTHONPATH": path, JAVA_HOME: str(java), "SPARK_LOCAL_IP": "127.0.0.1"}
    script = Path(__file__).with_name("counted_on_spark.py")
    answer = subprocess.run(
        [str(python), str(script), str(folder), AS_OF.isoformat()],
        capture_output=True,
        text=True,
        timeout=280,
        env=environ,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    found, sheet = json.loads(answer.stdout.splitlines()[-1]), tally(odd, DEEPER, AS_OF)
    assert found["rows"] == 400
    assert found["cube"] == json.loads(json.dumps(told(sheet.cube)))
    assert found["detail"] == json.loads(json.dumps(told_detail(sheet.more())))
    assert found["filtered"] == sheet.where({"vulnerability": ("widow",), "cohort": ("c2",)}).women
