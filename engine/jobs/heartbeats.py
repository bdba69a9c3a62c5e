"""The register of workers on SQLite, and their heartbeats."""

from sqlalchemy import Connection, delete, insert, update

from engine.jobs.named import NOW, Row, ago, rows, writing
from engine.jobs.tables import workers


@writing
def register_worker(connection: Connection) -> list[Row]:
    """Enter a worker with a first heartbeat; give its id."""
    added = insert(workers).values(last_heartbeat=NOW).returning(workers.c.id.label("worker_id"))
    return rows(connection.execute(added))


@writing
def unregister_worker(connection: Connection, *, worker_id: int) -> list[Row]:
    """Strike a worker that stopped."""
    connection.execute(delete(workers).where(workers.c.id == worker_id))
    return []


@writing
def update_heartbeat(connection: Connection, *, worker_id: int) -> list[Row]:
    """Note that a worker is alive."""
    connection.execute(update(workers).where(workers.c.id == worker_id).values(last_heartbeat=NOW))
    return []


@writing
def prune_stalled_workers(connection: Connection, *, seconds_since_heartbeat: float) -> list[Row]:
    """Strike the workers silent for longer than that; give their ids."""
    silent = delete(workers).where(workers.c.last_heartbeat < ago(seconds_since_heartbeat))
    return rows(connection.execute(silent.returning(workers.c.id.label("worker_id"))))
