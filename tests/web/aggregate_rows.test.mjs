// `aggregate --to rows` queried by DuckDB says what `aggregate --to json` says. The queries are those of scripts/README.md.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { DuckDBInstance } from '@duckdb/node-api';

const duibiao = process.env.DUIBIAO ?? 'build/native/duibiao';
const python = '/usr/bin/python3';

/** Exit 1 only says that something was found wrong. */
function aggregate(...args) {
  const done = spawnSync(duibiao, ['aggregate', ...args], { maxBuffer: 1 << 28 });
  assert.ok(done.status === 0 || done.status === 1, String(done.stderr));
  return done.stdout;
}

test('DuckDB finds the same figures in the rows', async (t) => {
  const work = mkdtempSync(join(tmpdir(), 'duibiao-'));
  t.after(() => rmSync(work, { recursive: true }));
  execFileSync(python, ['tests/bench/campaign.py', work, '--units', '60', '--seed', '4']);
  const campaign = join(work, 'campaign.json');
  execFileSync(duibiao, ['new', 'campaign', '--unit', '市卫健委', '--period', '2026', '-o', campaign]);
  execFileSync(duibiao, ['fill', campaign, '--from', join(work, 'expected.csv'), '-o', campaign]);
  const reports = join(work, 'reports');
  const stated = JSON.parse(aggregate('--campaign', campaign, reports));
  const rows = join(work, 'rows.ndjson');
  writeFileSync(rows, aggregate('--campaign', campaign, reports, '--to', 'rows'));

  const database = await (await DuckDBInstance.create(':memory:')).connect();
  const ask = async (sql) => (await database.runAndReadAll(sql.replaceAll('rows.ndjson', rows))).getRowObjectsJson();

  const criteria = await ask(`
    SELECT item, layer, count(*) AS n, min(score)::DECIMAL(9,2) AS low, max(score)::DECIMAL(9,2) AS high,
           sum((score = points)::INT) AS full_points, sum(points - score)::DECIMAL(12,2) AS lost
    FROM read_json('rows.ndjson') GROUP BY item, layer`);
  assert.equal(criteria.length, 84 * 3);
  for (const row of criteria) {
    const own = stated.criteria.find((criterion) => criterion.id === row.item).layers[row.layer];
    assert.deepEqual(
      [Number(row.n), Number(row.low), Number(row.high), Number(row.full_points), Number(row.lost)],
      [own.n, Number(own.min), Number(own.max), own.full, Number(own.lost)], `${row.item} ${row.layer}`);
  }

  const districts = await ask(`
    SELECT district, layer, count(*) AS n, median(total)::DECIMAL(9,3) AS middle
    FROM (SELECT district, layer, document, sum(score) AS total FROM read_json('rows.ndjson') GROUP BY ALL)
    GROUP BY district, layer`);
  for (const row of districts) {
    const own = stated.groups.find((group) => group.by === 'district' && group.name === row.district).layers[row.layer];
    assert.deepEqual([Number(row.n), Number(row.middle)], [own.n, Number(own.median)]);
  }

  const changes = await ask(`
    SELECT a.item, count(*) AS n, sum(b.score - a.score)::DECIMAL(12,2) AS change
    FROM read_json('rows.ndjson') a JOIN read_json('rows.ndjson') b USING (document, item)
    WHERE a.layer = 'self' AND b.layer = 'acceptance' AND a.score <> b.score GROUP BY a.item`);
  assert.ok(changes.length > 0);
  for (const row of changes) {
    const own = stated.changes.find((change) => change.id === row.item).layers.acceptance;
    assert.deepEqual([Number(row.n), Number(row.change)], [own.n, Number(own.points)]);
  }
});
