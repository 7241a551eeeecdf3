import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../../../shared/limits.ts'
import { alone } from '../../../ports/claims.ts'
import type { Settlement } from '../../../ports/dispatch.ts'
import { testClock } from '../../../testing/clock.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { createAskStore } from './asks.ts'
import { type KeptResults, keptPathOf, openKeptResults } from './kept-results.ts'
import { createOutboxStore } from './outbox.ts'

let folder = ''
let db: BrandDatabase
let kept: KeptResults
const path = () => join(folder, 'brand.sqlite')

/** Begins a process over the file, which leaves as one does that is killed. */
function begin() {
  db = openDatabase(path())
  kept = openKeptResults(db.path, (error) => {
    throw error
  })
  return { outbox: createOutboxStore(db, { kept }), asks: createAskStore(db, { kept }) }
}
const end = () => {
  kept.close()
  db.close()
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-results-'))
})
afterEach(() => {
  end()
  rmSync(folder, { recursive: true, force: true })
})

const by = alone(testClock(100))
const fill = () => db.sqlite.pragma(`max_page_count = ${db.sqlite.pragma('page_count', { simple: true })}`)
const free = () => db.sqlite.pragma('max_page_count = 1000000')

/** A live journey, three passages with a message and a question each. */
function lay(): void {
  db.sqlite.exec(`insert into customers (id, shard, phone, updated_at) values ('c1', 0, '1', 0);
    insert into journeys (id, name, status, draft, revision, created_at, updated_at) values ('a', '{"en":"A"}', 'live', '', 1, 0, 0)`)
  for (const id of [1, 2, 3]) {
    db.sqlite
      .prepare(
        `insert into enrollments (id, shard, journey_id, version, customer_id, entry_key, state, status, entered_at,
           arrived_at, control, steps, entry, data) values (?, 0, 'a', 1, 'c1', ?, 'n', 'live', 0, 0, 0, 0, '{}', '{}')`,
      )
      .run(id, String(id))
    db.sqlite
      .prepare(
        `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
           body, purpose, status, due_at, created_at, parts, cost_milli)
         values (0, ?, 'n', 1, 'a', 1, 'c1', 'sms', '1', 'x', 'marketing', 'queued', 0, 0, 1, 0)`,
      )
      .run(id)
    db.sqlite
      .prepare(
        `insert into asks (enrollment_id, node, visit, request, due_at, attempts, created_at) values (?, 'n', 1, '{}', 0, 0, 0)`,
      )
      .run(id)
  }
}

// So long that the page of its row has no room for it.
const longId = (id: number) => `provider-${id}-${'x'.repeat(3_000)}`
const statuses = () =>
  db.sqlite
    .prepare<[], [string, string | null]>('select status, provider_id from messages order by id')
    .raw()
    .all()

async function sendAll(outbox: ReturnType<typeof begin>['outbox']): Promise<Settlement[]> {
  const { messages } = await outbox.claim({
    ...{ by, channel: 'sms', now: 100, limit: 10, begins: false },
    verdict: () => ({ kind: 'send' }),
  })
  return messages.map((message) => ({
    ...{ message, status: 'sent', dueAt: null, providerId: longId(message.id), error: null },
    endpoint: 'answered',
  }))
}

describe('what was answered while the disk is full', () => {
  test('has its room beforehand', () => {
    begin()
    expect(statSync(keptPathOf(path())).size).toBe(limits.keptResults.value)
  })

  test('outlives the process, is written by the next one, and nothing is sent again', async () => {
    const { outbox } = begin()
    lay()
    const settlements = await sendAll(outbox)
    fill()
    await expect(outbox.settle(settlements, 200)).rejects.toMatchObject({ code: 'disk-full' })
    // Tried again in the same process it is kept once.
    await expect(outbox.settle(settlements, 200)).rejects.toMatchObject({ code: 'disk-full' })
    end()

    const next = begin()
    expect(await next.outbox.settleKept()).toBe(3)
    expect(statuses()).toEqual([1, 2, 3].map((id) => ['sent', longId(id)]))
    const left = { idempotent: new Set(['sms']), now: 300, by, own: true }
    expect(await next.outbox.recover(left)).toEqual({ queued: 0, unknown: 0 })
    expect(await next.outbox.settleKept()).toBe(0)
    end()
    expect(await begin().outbox.settleKept()).toBe(0)
  })

  test('is written by the same process when there is room, and then kept no longer', async () => {
    const { outbox } = begin()
    lay()
    const settlements = await sendAll(outbox)
    fill()
    await expect(outbox.settle(settlements, 200)).rejects.toMatchObject({ code: 'disk-full' })
    free()
    await outbox.settle(settlements, 200)
    end()
    expect(await begin().outbox.settleKept()).toBe(0)
    expect(statuses().map(([status]) => status)).toEqual(['sent', 'sent', 'sent'])
  })

  test('of another message under the same number is nobody’s', async () => {
    const { outbox } = begin()
    lay()
    const settlements = await sendAll(outbox)
    fill()
    await expect(outbox.settle(settlements, 200)).rejects.toMatchObject({ code: 'disk-full' })
    free()
    db.sqlite.exec(`update messages set life = 'another' where id = 2`)
    end()
    expect(await begin().outbox.settleKept()).toBe(2)
    expect(statuses().map(([status]) => status)).toEqual(['sent', 'sending', 'sent'])
  })

  test('a question’s answer is kept just so: nobody is asked again', async () => {
    const { asks } = begin()
    lay()
    fill()
    const reply = { ok: true, text: '七夕快乐'.repeat(1_000), model: 'm' } as const
    const ask = { enrollmentId: 2, node: 'n', visit: 1, text: '{}' }
    const result = { ask, spent: null, outcome: { kind: 'reply', reply } } as const
    await expect(asks.settle(result, 200)).rejects.toMatchObject({ code: 'disk-full' })
    end()
    expect(await begin().asks.settleKept()).toBe(1)
    const stored = db.sqlite
      .prepare<[], string>('select reply from asks where enrollment_id = 2')
      .pluck()
      .get()
    expect(JSON.parse(stored ?? '')).toEqual(reply)
  })
})
