import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { terminalActor } from '../../../../shared/audit/actor.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { brandSchema } from '../../../../shared/journey/brand.ts'
import { type Journey, journeySchema } from '../../../../shared/journey/graph.ts'
import { registry } from '../../../../shared/nodes/index.ts'
import { scratchBase } from '../../../brand/scratch-base.ts'
import { createEngine } from '../../../engine/engine.ts'
import { planCache } from '../../../engine/runtime.ts'
import { stopEveryone } from '../../../engine/stop.ts'
import { alone } from '../../../ports/claims.ts'
import { JourneyHasErrors } from '../../../ports/journeys.ts'
import { testClock } from '../../../testing/clock.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { createEngineStore } from '../engine-store.ts'
import { inFlight } from './flight.ts'
import {
  createJourney,
  getJourney,
  markStopped,
  pause,
  publish,
  removeJourney,
  resume,
  saveDraft,
} from './journeys.ts'

const brand = brandSchema.parse({ name: { en: 'Test' }, signature: 'Test' })
const now = Date.parse('2026-08-01T10:00:00+08:00')
const day = 86_400_000

/** Members with a name enter before Qixi, wait, and leave. */
function qixi(days = -7): Journey {
  return journeySchema.parse({
    format: 1,
    id: 'qixi',
    name: { en: 'Qixi' },
    nodes: {
      enter: {
        type: 'audience_at',
        name: { en: 'Enter' },
        config: {
          audience: { kind: 'attribute', name: 'name', op: 'is_set' },
          at: { kind: 'festival', festival: 'qixi', days, time: '10:00' },
        },
      },
      by_hand: { type: 'manual', name: { en: 'By hand' }, config: {} },
      rest: {
        type: 'wait',
        name: { en: 'Rest' },
        config: { until: { kind: 'duration', span: { amount: 3, unit: 'day' } } },
      },
      done: { type: 'exit', name: { en: 'Done' }, config: {} },
    },
    edges: { enter: { entered: 'rest' }, by_hand: { entered: 'rest' }, rest: { done: 'done' } },
  })
}

function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'no problem'
}

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:', { durability: 'off' })
})
afterEach(() => db.close())

const publishing = (revision: number, at = now) => ({ revision, now: at, brand, registry })
const triggerRows = () =>
  db.sqlite.prepare('select node, version, due_at as due, anchor from triggers order by node').all()

describe('a draft', () => {
  test('gets an id of its own, though the name is taken', () => {
    expect(createJourney(db, { journey: qixi(), now }).id).toBe('qixi')
    expect(createJourney(db, { journey: qixi(), now }).id).toBe('qixi-2')
    expect(getJourney(db, 'qixi-2').journey.id).toBe('qixi-2')
  })

  test('is saved over the revision it was made from, and over no other', () => {
    createJourney(db, { journey: qixi(), now })
    expect(saveDraft(db, 'qixi', { journey: qixi(-3), revision: 1, now }).revision).toBe(2)
    expect(codeOf(() => saveDraft(db, 'qixi', { journey: qixi(-1), revision: 1, now }))).toBe(
      'stale-revision',
    )
    expect(getJourney(db, 'qixi').journey).toEqual(qixi(-3))
  })
})

describe('publishing', () => {
  test('freezes the draft and sets when its triggers fire', () => {
    createJourney(db, { journey: qixi(), now })
    expect(publish(db, 'qixi', publishing(1))).toMatchObject({ version: 1, status: 'live', revision: 2 })
    expect(triggerRows()).toEqual([
      {
        node: 'enter',
        version: 1,
        due: Date.parse('2026-08-12T10:00:00+08:00'),
        anchor: JSON.stringify({ festival: 'qixi', date: '2026-08-19' }),
      },
    ])
  })

  test('the same content again makes no new version and moves no trigger', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    const before = triggerRows()
    const moved = { ...qixi(), layout: { enter: { x: 40, y: 80 } } }
    saveDraft(db, 'qixi', { journey: moved, revision: 2, now })
    expect(publish(db, 'qixi', publishing(3, now + day))).toMatchObject({ version: 1, revision: 4 })
    expect(triggerRows()).toEqual(before)
  })

  test('of two who publish the same revision one wins and the other is told', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    expect(codeOf(() => publish(db, 'qixi', publishing(1)))).toBe('stale-revision')
  })

  test('a changed trigger fires anew, one that stayed keeps its time', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    saveDraft(db, 'qixi', { journey: qixi(-3), revision: 2, now })
    expect(publish(db, 'qixi', publishing(3))).toMatchObject({ version: 2 })
    expect(triggerRows()).toMatchObject([{ version: 2, due: Date.parse('2026-08-16T10:00:00+08:00') }])
  })

  test('a firing missed while the server was down stays due when a new version comes', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    const { nodes } = qixi()
    const renamed = { ...qixi(), nodes: { ...nodes, done: { ...nodes.done, name: { en: 'The end' } } } }
    saveDraft(db, 'qixi', { journey: journeySchema.parse(renamed), revision: 2, now })
    publish(db, 'qixi', publishing(3, now + 12 * day))
    expect(triggerRows()).toMatchObject([{ version: 2, due: Date.parse('2026-08-12T10:00:00+08:00') }])
  })

  test('a journey with errors is refused whole, naming them', () => {
    createJourney(db, { journey: { ...qixi(), edges: {} }, now })
    expect(() => publish(db, 'qixi', publishing(1))).toThrow(JourneyHasErrors)
    expect(getJourney(db, 'qixi')).toMatchObject({ status: 'draft', revision: 1, liveVersion: null })
    expect(triggerRows()).toEqual([])
  })
})

describe('pause and resume', () => {
  test('who would have come in meanwhile is not swept in', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    pause(db, 'qixi', now)
    expect(resume(db, 'qixi', { now: now + 30 * day, brand, registry })).toBe('live')
    expect(triggerRows()).toMatchObject([
      { due: Date.parse('2027-08-01T10:00:00+08:00'), anchor: expect.stringContaining('2027-08-08') },
    ])
  })

  test('a trigger whose time is yet to come keeps it', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    const before = triggerRows()
    pause(db, 'qixi', now)
    resume(db, 'qixi', { now: now + day, brand, registry })
    expect(triggerRows()).toEqual(before)
  })

  test('an entry that the pause cut in two goes on with those who were still to come', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    const due = Date.parse('2026-08-12T10:00:00+08:00')
    db.sqlite.prepare('update triggers set cursor = ?').run('c500')
    pause(db, 'qixi', due)
    resume(db, 'qixi', { now: due + 60_000, brand, registry })
    expect(db.sqlite.prepare('select due_at as due, cursor from triggers').all()).toEqual([
      { due, cursor: 'c500' },
    ])
  })

  test('only what runs can be paused, and only what is paused resumed', () => {
    createJourney(db, { journey: qixi(), now })
    expect(codeOf(() => pause(db, 'qixi', now))).toBe('journey-not-live')
    publish(db, 'qixi', publishing(1))
    expect(codeOf(() => resume(db, 'qixi', { now, brand, registry }))).toBe('journey-not-paused')
  })
})

describe('the end', () => {
  test('stopping takes everyone out, withdraws what is queued, and lets nobody in', async () => {
    const store = createEngineStore(db, scratchBase(db))
    const planFor = planCache(store, registry)
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    seedMembers(3)
    await letIn(store, planFor)
    db.sqlite
      .prepare(
        `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
           body, purpose, status, due_at, created_at, parts, cost_milli)
         values (0, 1, 'x', 1, 'qixi', 1, 'c1', 'sms', '1', 'x', 'marketing', 'queued', 1, 1, 1, 0)`,
      )
      .run()
    markStopped(db, 'qixi', now)
    const source = {
      inFlight: async (id: string, after: number, limit: number) => inFlight(db, id, after, limit),
    }
    const stop = { store, source, planFor, journeyId: 'qixi', now, brand, batchSize: 2 }
    expect(await stopEveryone(stop)).toBe(3)
    expect(await stopEveryone(stop)).toBe(0)
    expect(db.sqlite.prepare('select ending, count(*) as n from enrollments group by ending').all()).toEqual([
      { ending: 'stopped', n: 3 },
    ])
    expect(db.sqlite.prepare('select status, due_at from messages').get()).toEqual({
      status: 'cancelled',
      due_at: null,
    })
    expect(triggerRows()).toMatchObject([{ due: null }])
    expect(getJourney(db, 'qixi').status).toBe('stopped')
  })

  test('a stopped journey is published again with its triggers set anew', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    markStopped(db, 'qixi', now)
    expect(publish(db, 'qixi', publishing(2))).toMatchObject({ version: 1, status: 'live' })
    expect(triggerRows()).toMatchObject([{ due: Date.parse('2026-08-12T10:00:00+08:00') }])
  })

  test('a running journey is not deleted; a deleted one is not found', () => {
    createJourney(db, { journey: qixi(), now })
    publish(db, 'qixi', publishing(1))
    const options = { registry, despiteUses: false, now }
    expect(codeOf(() => removeJourney(db, 'qixi', options))).toBe('journey-running')
    markStopped(db, 'qixi', now)
    removeJourney(db, 'qixi', options)
    expect(codeOf(() => getJourney(db, 'qixi'))).toBe('not-found')
  })
})

function seedMembers(count: number): void {
  const insert = db.sqlite.prepare('insert into customers (id, shard, name, updated_at) values (?, 0, ?, 0)')
  for (let index = 1; index <= count; index += 1) insert.run(`c${index}`, `Member ${index}`)
}

async function letIn(
  store: ReturnType<typeof createEngineStore>,
  planFor: ReturnType<typeof planCache>,
): Promise<void> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const engine = createEngine({
    by: alone(testClock(now)),
    store,
    registry,
    brand: () => brand,
    askModel: () => false,
    batchSize: 10,
    realNow: () => now,
    log: quiet,
    planFor,
  })
  await engine.enter({ actor: terminalActor, at: now, realAt: now }, 'qixi', ['c1', 'c2', 'c3'])
}
