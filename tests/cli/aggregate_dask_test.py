"""Dask rolls up to the same bytes as one process, also when workers are killed on the way.

DUIBIAO names the command (default: build/native/duibiao).
"""

import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/bench"))
import campaign as maker  # noqa: E402

DUIBIAO = os.path.abspath(os.environ.get("DUIBIAO", "build/native/duibiao"))


def load_script():
    loader = importlib.machinery.SourceFileLoader("aggregate_dask", str(ROOT / "scripts/aggregate_dask"))
    spec = importlib.util.spec_from_loader("aggregate_dask", loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules["aggregate_dask"] = module  # workers are forked and find it there
    loader.exec_module(module)
    return module


class Dask(unittest.TestCase):
    def test_killed_workers_change_nothing(self):
        from distributed import Client, LocalCluster

        script = load_script()
        work = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, work)
        maker.write_folder(work / "all", maker.load_form(), 80, 9, True)
        one = subprocess.run([DUIBIAO, "aggregate", str(work / "all"), "--to", "partial"], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL).stdout
        # Functions travel to the workers by value: they have no copy of the script.
        import cloudpickle

        cloudpickle.register_pickle_by_value(script)
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, \
                Client(cluster) as client:
            killed = 0
            stop = threading.Event()

            def kill_now_and_then():
                nonlocal killed
                for _ in range(3):
                    if stop.wait(1.0):
                        return
                    workers = list(cluster.workers.values())
                    process = workers[killed % len(workers)].process
                    if process is not None and process.pid:
                        os.kill(process.pid, 9)
                        killed += 1

            killer = threading.Thread(target=kill_now_and_then)
            killer.start()
            try:
                rolled = script.roll_up(client, DUIBIAO, [str(work / "all")], 5, 3)
                while killed == 0:  # nothing was killed in so short a time: once more, with a kill in it
                    time.sleep(0.1)
                    rolled = script.roll_up(client, DUIBIAO, [str(work / "all")], 5, 3)
            finally:
                stop.set()
                killer.join()
        self.assertGreater(killed, 0)
        self.assertEqual(rolled, one)


if __name__ == "__main__":
    unittest.main()
