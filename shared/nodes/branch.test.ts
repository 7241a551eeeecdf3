import { describe, expect, test } from 'vitest'
import { historyOf } from '../conditions/history.ts'
import { decideWith, situation } from '../testing/deciding.ts'
import { branch } from './branch.ts'

const tagged = (tag: string) => ({ kind: 'tag', tag })
const config = {
  branches: [
    { id: 'gold', name: { en: 'Gold' }, when: tagged('gold') },
    { id: 'any', name: { en: 'Any' }, when: { kind: 'any', of: [tagged('gold'), tagged('silver')] } },
  ],
}

describe('a branch', () => {
  test('rule 9: exactly one branch runs: the first whose condition holds, even if a later one holds too', () => {
    expect(decideWith(branch, config, { facts: { tags: new Set(['gold']) } })).toMatchObject({ port: 'gold' })
    expect(decideWith(branch, config, { facts: { tags: new Set(['silver']) } })).toMatchObject({
      port: 'any',
    })
  })

  test('rule 9: otherwise is taken where no condition holds, with every value that was seen', () => {
    expect(decideWith(branch, config)).toEqual({
      kind: 'leave',
      port: 'otherwise',
      reason: {
        code: 'no-condition-held',
        seen: [
          { kind: 'tag', name: 'gold', actual: false, holds: false },
          { kind: 'tag', name: 'gold', actual: false, holds: false },
          { kind: 'tag', name: 'silver', actual: false, holds: false },
        ],
      },
    })
  })

  test('lets nobody through an empty condition', () => {
    for (const kind of ['all', 'any'])
      expect(
        decideWith(branch, { branches: [{ id: 'yes', name: { en: 'y' }, when: { kind, of: [] } }] }),
      ).toMatchObject({ port: 'otherwise' })
  })

  test('rule 9: conditions on the journey’s own history see this enrollment only, and the event by which the customer came in', () => {
    const when = {
      kind: 'all',
      of: [
        { kind: 'history', node: 'sms', port: 'sent', op: 'gte', value: 2 },
        { kind: 'entry', property: 'source', op: 'eq', value: 'poster' },
      ],
    }
    const ask = (times: number) =>
      decideWith(
        branch,
        { branches: [{ id: 'yes', name: { en: 'y' }, when }] },
        { enrollment: { history: historyOf({ 'sms.sent': times }) }, facts: { entry: { source: 'poster' } } },
      )
    expect(ask(2)).toMatchObject({
      port: 'yes',
      reason: {
        seen: [
          { kind: 'history', name: 'sms', actual: 2 },
          { kind: 'entry', name: 'source', actual: 'poster' },
        ],
      },
    })
    expect(ask(1)).toMatchObject({ port: 'otherwise' })
  })

  test('counts orders since entry by their own time', () => {
    const when = {
      kind: 'events',
      event: 'order',
      measure: 'count',
      window: { kind: 'since_entry' },
      op: 'gte',
      value: 1,
    }
    const { enteredAt } = situation().enrollment
    const bought = (at: number) =>
      decideWith(
        branch,
        { branches: [{ id: 'yes', name: { en: 'y' }, when }] },
        {
          now: enteredAt + 1000,
          facts: { events: [{ id: 'o', name: 'order', at, amount: 1, properties: {} }] },
        },
      )
    expect(bought(enteredAt + 5)).toMatchObject({
      port: 'yes',
      reason: { seen: [{ name: 'count order', actual: 1 }] },
    })
    expect(bought(enteredAt)).toMatchObject({ port: 'otherwise' })
    expect(bought(enteredAt + 2000)).toMatchObject({ port: 'otherwise' })
  })

  test('rule 9: otherwise always exists, as the last way out, and no branch may be called so', () => {
    expect(branch.ports(branch.config.parse(config)).map(({ id }) => id)).toEqual([
      'gold',
      'any',
      'otherwise',
    ])
    const named = (...ids: string[]) => ({
      branches: ids.map((id) => ({ id, name: { en: id }, when: tagged('a') })),
    })
    expect(branch.config.safeParse(named('otherwise')).success).toBe(false)
    expect(branch.config.safeParse(named('a', 'a')).success).toBe(false)
  })

  test('asks for the facts that its conditions need', () => {
    expect(branch.needs?.(branch.config.parse(config))).toEqual({
      customer: true,
      tags: true,
      audiences: [],
      events: [],
      picks: false,
      addresses: false,
    })
  })
})
