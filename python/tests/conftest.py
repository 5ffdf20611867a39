"""A session of Spark for the tests of the job: Sail in this process, or what GLEANER_SPARK_MASTER names."""

import os

import pytest


@pytest.fixture(scope="session")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    master = os.environ.get("GLEANER_SPARK_MASTER")
    if master:
        session = sql.SparkSession.builder.master(master).appName("gleaner-tests").getOrCreate()
        yield session
        session.stop()
        return
    server = pytest.importorskip("pysail.spark").SparkConnectServer()
    server.start(background=True)
    port = server.listening_address[1]
    os.environ["SPARK_REMOTE"] = f"sc://localhost:{port}"
    session = sql.SparkSession.builder.getOrCreate()
    yield session
    del os.environ["SPARK_REMOTE"]
    session.stop()
    server.stop()
