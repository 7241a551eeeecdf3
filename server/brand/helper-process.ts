import { basename } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ModelRun } from '../../shared/api/models.ts'
import type { ChoreDone } from '../../shared/api/upkeep.ts'
import type { LongKind } from '../../shared/api/work.ts'
import type { FileChore } from '../../shared/chores.ts'
import { Problem } from '../../shared/errors/index.ts'
import { registry } from '../../shared/nodes/index.ts'
import { machineClock, machineElapsed } from '../clock/machine.ts'
import { importFile } from '../imports/index.ts'
import { scoreBase } from '../models/score-base.ts'
import { fitPicks } from '../picks/fit.ts'
import type { Base } from '../ports/base.ts'
import { problemOfTrouble } from '../ports/trouble.ts'
import { rehearse } from '../rehearsal/index.ts'
import { lead } from '../rehearsal/lead.ts'
import { keepAllAudiences } from '../store/sqlite/audiences/nightly.ts'
import { createBrandStore } from '../store/sqlite/brand-store.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { scoringStore } from '../store/sqlite/models/scores.ts'
import { pickStore } from '../store/sqlite/picks/store.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { newKey } from '../store/sqlite/secrets/seal.ts'
import { openVault } from '../store/sqlite/secrets/vault.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { nowOf } from '../store/sqlite/settings/mode.ts'
import { type Tended, tend } from '../store/sqlite/upkeep/chores.ts'
import { CopyClient, patienceOf } from '../work/copy-client.ts'
import { doJob, type JobDesk } from '../work/jobs.ts'
import { hearEveryMs, patientBase } from '../work/patient-base.ts'
import type { Place, Polish, Said, Task, Told } from '../work/protocol.ts'
import { walkersOf } from '../work/walkers.ts'
import { choreDone } from './chore.ts'

/** How long others may write, the engine first, before an import goes on. */
const betweenBatchesMs = 25
/** Brands of which something was asked lately; each holds a file open. */
const mostOpen = 3

interface OpenPlace {
  readonly db: BrandDatabase
  readonly copy: CopyClient
  readonly base: Base
  readonly stores: JobDesk['stores']
  readonly store: JobDesk['store']
}

const places = new Map<string, OpenPlace>()
const polishing = new Map<number, (result: Awaited<ReturnType<Polish['polish']>>) => void>()
let lastPolish = 0
let cancelling = new AbortController()

type Progress = (done: number, of: number) => void

const say = (said: Said) => process.send?.(said)

function openPlace(path: string): OpenPlace {
  const known = places.get(path)
  if (known !== undefined) return known
  const db = openDatabase(path, { readonly: true })
  // What a query sets aside beyond its cache goes to the disk, not to the memory.
  db.sqlite.pragma('temp_store = file')
  // A helper has none of the keys, and opens no secret: what needs one is done by the server.
  const vault = openVault(db, '', [newKey()])
  const copy = new CopyClient({ database: path, patienceMs: patienceOf })
  // Who is told to stop lets go of the copy's answer, and can take another task at once.
  const base: Base = { ask: (kind, asked) => copy.ask(kind, asked, cancelling.signal) }
  const opened = {
    db,
    copy,
    base,
    stores: createBrandStore(db, vault, base),
    store: createEngineStore(db, base),
  }
  places.set(path, opened)
  const oldest = places.entries().next()
  if (places.size > mostOpen && !oldest.done) {
    places.delete(oldest.value[0])
    oldest.value[1].copy.close()
    oldest.value[1].db.close()
  }
  return opened
}

/** Asks the model through the server, which has the key. */
const polisher: Polish = {
  polish: (request) =>
    new Promise((resolve) => {
      lastPolish += 1
      polishing.set(lastPolish, resolve)
      say({ kind: 'polish', id: lastPolish, request })
    }),
}

function deskOf({ path, id, sandbox, now, brand, sending, polishes }: Place): JobDesk {
  const { db, base, stores, store } = openPlace(path)
  const changesNothing = () => {
    throw new Error('a helper that answers a question changes nothing')
  }
  return {
    ...{ id, sandbox, stores, store, registry },
    now: () => now,
    brand: () => brand,
    sending: () => sending,
    polisher: () => (polishes ? polisher : null),
    lead: (request) => lead(rehearsalPorts(db, base), request),
    act: changesNothing,
    settle: changesNothing,
    stir: changesNothing,
  }
}

async function rehearseIn({ path, request }: Extract<Task, { kind: 'rehearsal' }>): Promise<unknown> {
  const db = openDatabase(path, { readonly: true })
  const client = new CopyClient({ database: path, patienceMs: () => hearEveryMs })
  const base = patientBase(client, (done, of) =>
    say({ kind: 'progress', progress: { kind: 'copying', done, of } }),
  )
  try {
    return await rehearse(rehearsalPorts(db, base), request, {
      onProgress: (done, of) => say({ kind: 'progress', progress: { kind: 'rehearsal', done, of } }),
      crew: walkersOf(path),
    })
  } finally {
    client.close()
    db.close()
  }
}

async function importIn({ path, request }: Extract<Task, { kind: 'import' }>): Promise<unknown> {
  // Nobody else is kept waiting here, and a person can end it.
  const db = openDatabase(path, { blockingMs: 1_000, patienceMs: 600_000 })
  try {
    return await importFile(db, request, {
      onProgress: (progress) => say({ kind: 'progress', progress: { kind: 'import', progress } }),
      signal: cancelling.signal,
      rest: () => pause(betweenBatchesMs),
    })
  } finally {
    db.close()
  }
}

/** Fits the models and scores everybody: what is known of them is asked of the analytical copy. */
async function scoreIn(path: string, now: number | null, onProgress: Progress): Promise<ModelRun> {
  const db = openDatabase(path, { blockingMs: 1_000, patienceMs: 600_000 })
  const base = new CopyClient({ database: path, patienceMs: null })
  try {
    const { zone, currency, language } = readBrand(db)
    const at = now ?? nowOf(db, machineClock.now())
    const run = await scoreBase({
      ...{ base, store: scoringStore(db), now: at },
      ...{ zone, currency, language, clock: machineClock, onProgress },
      rest: () => pause(betweenBatchesMs),
    })
    // What is bought together is counted as often as customers are scored.
    await fitPicks(base, pickStore(db), at)
    return run
  } finally {
    base.close()
    db.close()
  }
}

/** Keeps how many are in audiences, and who: asks the copy, and writes by a connection of its own. */
async function keepAudiences(path: string): Promise<number> {
  const { copy } = openPlace(path)
  const db = openDatabase(path, { blockingMs: 1_000, patienceMs: 600_000 })
  try {
    const { zone } = readBrand(db)
    const at = { now: nowOf(db, machineClock.now()), zone }
    return await keepAllAudiences(db, copy, at, () => pause(betweenBatchesMs))
  } finally {
    db.close()
  }
}

const tended = async (path: string, chore: FileChore, now: number): Promise<Tended> => {
  if (chore === 'audiences') return { count: await keepAudiences(path), found: null }
  if (chore !== 'scores') return tend(path, chore, now)
  await scoreIn(path, null, () => undefined)
  return { count: null, found: null }
}

async function tendIn({ path, chores, now }: Extract<Task, { kind: 'upkeep' }>): Promise<unknown> {
  const done: ChoreDone[] = []
  for (const [index, chore] of chores.entries()) {
    done.push(await choreDone(chore, machineElapsed, () => tended(path, chore, now), basename(path)))
    say({ kind: 'progress', progress: { kind: 'upkeep', done: index + 1, of: chores.length } })
  }
  return done
}

function doTask(task: Task): Promise<unknown> {
  // A message has no types: what is asked and with what belong together where it was sent.
  if (task.kind === 'ask') return doJob(task.ask, deskOf(task.place), task.args as never)
  return long[task.kind](task as never)
}

/** What goes on by itself, by its kind; a table's member that is looked up has forgotten what belongs to it. */
const long: { readonly [K in LongKind]: (task: Extract<Task, { kind: K }>) => Promise<unknown> } = {
  rehearsal: rehearseIn,
  import: importIn,
  upkeep: tendIn,
  scoring: ({ path, now }) =>
    scoreIn(path, now, (done, of) =>
      say({ kind: 'progress', progress: { kind: 'scoring', done: Math.round(done), of } }),
    ),
}

async function serve(task: Task): Promise<void> {
  cancelling = new AbortController()
  try {
    say({ kind: 'value', value: await doTask(task) })
  } catch (error) {
    const problem = error instanceof Problem ? error : problemOfTrouble(error, 'data')
    if (problem !== null)
      say({ kind: 'problem', code: problem.code, details: problem.details, place: problem.place ?? null })
    else
      say({
        kind: 'failed',
        message: error instanceof Error ? error.message : String(error),
        stack: error instanceof Error ? (error.stack ?? null) : null,
      })
  }
}

process.on('message', (told: Told) => {
  if (told.kind === 'task') {
    say({ kind: 'begun' })
    void serve(told.task)
  } else if (told.kind === 'cancel') cancelling.abort()
  else {
    polishing.get(told.id)?.(told.result)
    polishing.delete(told.id)
  }
})
// A terminal's Ctrl+C reaches the helpers too; the server tells them when to end.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())
