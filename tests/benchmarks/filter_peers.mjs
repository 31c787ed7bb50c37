// SPDX-License-Identifier: GPL-3.0-or-later
// node filter_peers.mjs FOLDER INCIDENTS.csv THREADS: the filter of patchlight_engine_benchmark in a DuckDB table; one
// line of JSON. FOLDER is where `npm install @duckdb/node-api` was run.
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [folder, csv, threads] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(folder) + "/")("@duckdb/node-api");
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run(`create table incidents as select * from read_csv('${csv.replaceAll("'", "''")}')`);
const question = `select count(*), sum(east) from incidents where category = 'Burglary' and day between 151 and 515
  and east between 428000 and 433000 and north between 433000 and 437000`;
const wall = [], cpu = [];
let rows;
for (let i = 0; i < 7; ++i) {
  const start = performance.now(), before = process.cpuUsage();
  rows = (await connection.runAndReadAll(question)).getRows();
  const used = process.cpuUsage(before);
  wall.push((performance.now() - start) / 1e3);
  cpu.push((used.user + used.system) / 1e6);
}
const median = (values) => values.sort((a, b) => a - b)[3];
const version = (await connection.runAndReadAll("select version()")).getRows()[0][0];
console.log(JSON.stringify({ wall: median(wall), cpu: median(cpu), rows: Number(rows[0][0]), sum: rows[0][1], version }));
