import { createActor, createMachine, type Snapshot } from 'xstate'
import { machineConfig } from '../../shared/compile/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { benchJourney } from './world.ts'

/**
 * The naive way: for each step read one enrollment, start an actor from its snapshot, send the outcome,
 * and save the snapshot with its trace, in a transaction of its own. Steps per second.
 */
export function runNaive(path: string, enrollments: number): number {
  const db = openDatabase(path)
  const { sqlite } = db
  const machine = createMachine(machineConfig(benchJourney, registry))
  sqlite.exec('create table snapshots (id integer primary key, snapshot text not null) strict')
  const insert = sqlite.prepare('insert into snapshots (id, snapshot) values (?, ?)')
  const actor = createActor(machine).start()
  actor.send({ type: 'list.entered' })
  const first = JSON.stringify(actor.getPersistedSnapshot())
  sqlite.transaction(() => {
    for (let id = 1; id <= enrollments; id += 1) insert.run(id, first)
  })()
  const read = sqlite.prepare<[number], { snapshot: string }>('select snapshot from snapshots where id = ?')
  const save = sqlite.prepare('update snapshots set snapshot = ? where id = ?')
  const trace = sqlite.prepare(
    'insert into traces (enrollment_id, seq, at, node, outcome, reason) values (?, ?, ?, ?, ?, ?)',
  )
  const path3 = ['wait-1.done', 'tier-1.otherwise', 'all-1.sent']
  const began = performance.now()
  for (let id = 1; id <= enrollments; id += 1)
    for (const [seq, type] of path3.entries())
      sqlite
        .transaction(() => {
          const stored = JSON.parse(read.get(id)?.snapshot ?? '{}') as Snapshot<unknown>
          const one = createActor(machine, { snapshot: stored }).start()
          one.send({ type })
          save.run(JSON.stringify(one.getPersistedSnapshot()), id)
          trace.run(id, seq + 1, 0, type, type, '{}')
          one.stop()
        })
        .immediate()
  const seconds = (performance.now() - began) / 1000
  db.close()
  return (enrollments * path3.length) / seconds
}
