import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { terminalActor } from '../../../../shared/audit/actor.ts'
import { referralDefinition } from '../../../../shared/referrals/definition.ts'
import type { ReferralStore } from '../../../ports/referrals.ts'
import { writeEmpty } from '../../../testing/empty.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { referralRewarder } from './rewarding.ts'
import { referralStore } from './store.ts'

const people = ['a', 'b', 'c', 'd', 'e'] as const
const start = Date.parse('2026-08-11T10:00:00+08:00')
const folder = mkdtempSync(join(tmpdir(), 'magpie-referrals-'))
let db: BrandDatabase
let store: ReferralStore
let reward: ReturnType<typeof referralRewarder>
beforeAll(() => {
  const path = join(folder, 'own.sqlite')
  writeEmpty(path)
  db = openDatabase(path, { durability: 'off' })
  const add = db.sqlite.prepare(
    `insert into customers (id, shard, name, attributes, updated_at) values (?, 0, ?, '{}', ?)`,
  )
  for (const id of people) add.run(id, id, start)
  store = referralStore(db)
  reward = referralRewarder(db)
})
afterAll(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const person = fc.constantFrom(...people)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join' as const), by: person, who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reward' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse' as const) }) },
)

interface Bound {
  readonly invited: string
  readonly inviter: string
  readonly state: string
}

/** Whether whoever was rewarded goes round in a circle. */
function isCircle(bound: readonly Bound[]): boolean {
  const above = new Map(bound.map(({ invited, inviter }) => [invited, inviter]))
  return people.some((one) => {
    let at = above.get(one)
    for (let steps = 0; at !== undefined && steps < people.length; steps += 1) {
      if (at === one) return true
      at = above.get(at)
    }
    return false
  })
}

let nth = 0
const act = () => ({ actor: terminalActor, at: start, realAt: start })

/** A programme of its own, with a link for each of the people. */
async function programme(most: number | null) {
  nth += 1
  const key = `p${nth}`
  const given = { asks: 'join', counts: 'anyone', most, invited: { tag: 'in' }, inviter: { tag: 'by' } }
  const referral = referralDefinition.parse({
    key,
    name: { en: key },
    ...given,
    tiers: [{ count: 2, tag: 'two' }],
  })
  // One database holds few programmes; those of earlier runs are nobody's any more.
  db.sqlite.exec(
    'delete from referral_programmes; delete from referral_codes; delete from referrals; delete from referral_rewards',
  )
  await store.save(act(), { referral, revision: null })
  const codes = new Map<string, string>()
  for (const id of people) codes.set(id, await store.linkOf(key, id, start))
  return { key, codes }
}

const bindings = (key: string) => store.invitations({ key, state: null, before: null, limit: 200 })

test('whoever comes in, in whatever order, has the first inviter, no circle is rewarded, and each reward is given once', async () => {
  const runs = fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 30 }),
    fc.option(fc.integer({ min: 1, max: 3 })),
    async (steps, most) => {
      const { key, codes } = await programme(most)
      const first = new Map<string, string>()
      const refused = new Set<string>()
      for (const one of steps) {
        if (one.do === 'join') {
          const code = codes.get(one.by) ?? ''
          const { status } = await store.join(act(), { code, customerId: one.who, isNew: false })
          expect(status).toBe(first.has(one.who) ? 'known' : 'joined')
          if (!first.has(one.who)) first.set(one.who, one.by)
        } else if (one.do === 'reward') reward(start, 3)
        else
          for (const { id, invited, state } of (await bindings(key)).invitations)
            if (state === 'held') {
              await store.decide(act(), { key, id, accept: false })
              refused.add(invited)
            }
      }
      while (reward(start, 100) > 0);
      const { invitations } = await bindings(key)
      expect(new Map(invitations.map(({ invited, inviter }) => [invited, inviter]))).toEqual(first)
      const counted = invitations.flatMap(({ invited, inviter, state }) =>
        state === 'rewarded' && inviter !== null ? [{ invited, inviter, state }] : [],
      )
      expect(isCircle(counted)).toBe(false)
      expect(counted.filter(({ invited, inviter }) => invited === inviter || refused.has(invited))).toEqual(
        [],
      )
      const given = db.sqlite
        .prepare<[], { customer: string; of: string }>(
          'select customer_id as customer, of from referral_rewards order by 1, 2',
        )
        .all()
      const of = (customer: string, begins: string) =>
        given.filter((row) => row.customer === customer && row.of.startsWith(begins)).length
      for (const id of people) {
        const brought = counted.filter(({ inviter }) => inviter === id).length
        expect(of(id, 'joined')).toBe(counted.some(({ invited }) => invited === id) ? 1 : 0)
        expect(of(id, 'invited:')).toBe(Math.min(brought, most ?? brought))
        expect(of(id, 'tier:')).toBe(brought >= 2 ? 1 : 0)
      }
      const told = db.sqlite
        .prepare<[string], number>(
          `select count(*) from events where name = 'referral_rewarded' and properties ->> 'referral' = ?`,
        )
        .pluck()
        .get(key)
      expect(told).toBe(given.length)
    },
  )
  await fc.assert(runs, { numRuns: 60, seed: 20260811 })
})
