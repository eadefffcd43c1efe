"""Receives parts of files and looks across them with Apache Spark: spark_job.py PARTS OUT BONTOT [ARGUMENT...]

PARTS is a folder of NDJSON as ndjson.py writes it; BONTOT is the tool on every worker, and arguments are those of
`bontot receive`. OUT is a folder of Parquet. Where SPARK_MASTER is not set, a cluster of two workers is made here.
"""

import os
import subprocess
import sys

parts, out, tool, *arguments = sys.argv[1:]

# Workers would take another Python than the one that has pyarrow.
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import pandas  # noqa: E402
from columns import COLUMNS, NUMBERS, cells, statement  # noqa: E402
from pyspark import StorageLevel  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

session = (
    SparkSession.builder.appName("bontot")
    .master(os.environ.get("SPARK_MASTER", "local-cluster[2,1,1024]"))
    .config("spark.sql.shuffle.partitions", "8")
    # parts are few and long; of many small files this would make few tasks
    .config("spark.sql.files.openCostInBytes", "65536")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
session.sparkContext.setLogLevel("ERROR")
session.sparkContext.addPyFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "columns.py"))

schema = ", ".join(f"`{name}` {'BIGINT' if name in NUMBERS else 'STRING'}" for name in COLUMNS)


def receive(batches):
    """A receipt for each line of each batch, from one thread of the tool: Spark has as many tasks as cores."""
    for batch in batches:
        lines = "".join(f"{line}\n" for line in batch["value"]).encode()
        command = [tool, "receive", "-", "--threads", "1", *arguments]
        done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True)
        rows = [cells(line) for line in done.stdout.decode().split("\n") if line]
        frame = pandas.DataFrame(rows, columns=COLUMNS, dtype=object)
        yield frame.astype({name: "Int64" for name in NUMBERS})


# A line ends at \n alone: a text may hold a carriage return, which JSON escapes.
lines = session.read.option("lineSep", "\n").text(parts)
receipts = lines.repartition(8).mapInPandas(receive, schema)
# The statement names receipts several times, and without this each file would be received as often.
receipts.persist(StorageLevel.MEMORY_AND_DISK).createOrReplaceTempView("receipts")
session.sql(statement()).write.mode("overwrite").parquet(out)
for row in session.read.parquet(out).groupBy("status_across").count().orderBy("status_across").collect():
    print(f"{row['count']} {row['status_across']}")
session.stop()
