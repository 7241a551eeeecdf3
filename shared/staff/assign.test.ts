import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Asked, assign, type Candidate, inOrder } from './assign.ts'
import { type AssignRule, assignRule } from './rules.ts'

const somebody = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, team: null, regions: [], categories: [], present: true, ceiling: null },
  ...more,
})
const ruleOf = (id: string, to: object, more: object = {}): AssignRule =>
  assignRule.parse({ id, name: id, to, ...more })
const asks = (
  attributes: Readonly<Record<string, string>> = {},
  held: readonly string[] | null = null,
): Asked => ({
  holds: ({ id }) => held === null || held.includes(id),
  attribute: (name) => attributes[name] ?? null,
})
const fresh = () => ({ load: new Map<string, number>(), last: new Map<string, string>() })

describe('a rule', () => {
  test('gives by region to whoever serves it, and to nobody where nobody does', () => {
    const staff = inOrder([somebody('li', { regions: ['杭州'] }), somebody('wang', { regions: ['上海'] })])
    const rules = [ruleOf('r', { region: 'city' })]
    expect(assign(rules, staff, asks({ city: '上海' }), fresh())).toEqual({ staff: 'wang', rule: 'r' })
    expect(assign(rules, staff, asks({ city: '北京' }), fresh())).toBeNull()
    expect(assign(rules, staff, asks(), fresh())).toBeNull()
  })

  test('that holds and finds nobody free lets the next one decide', () => {
    const staff = inOrder([
      somebody('li', { ceiling: 0 }),
      somebody('wang', { team: 'east', present: false }),
      somebody('zhao'),
    ])
    const rules = [ruleOf('full', { staff: ['li'] }), ruleOf('away', { team: 'east' }), ruleOf('rest', {})]
    expect(assign(rules, staff, asks(), fresh())).toEqual({ staff: 'zhao', rule: 'rest' })
  })

  test('the first in order whose condition holds decides, and one that is off never does', () => {
    const staff = inOrder([somebody('li'), somebody('wang')])
    const rules = [
      ruleOf('off', { staff: ['li'] }, { active: false }),
      ruleOf('vip', { staff: ['wang'] }),
      ruleOf('all', { staff: ['li'] }),
    ]
    expect(assign(rules, staff, asks({}, ['off', 'vip', 'all']), fresh())?.staff).toBe('wang')
    expect(assign(rules, staff, asks({}, ['all']), fresh())?.staff).toBe('li')
  })

  test('of the least goes to whoever has the fewest', () => {
    const staff = inOrder([somebody('li'), somebody('wang')])
    const counters = { load: new Map([['li', 5]]), last: new Map<string, string>() }
    const given = Array.from({ length: 6 }, () =>
      assign([ruleOf('r', { how: 'least' })], staff, asks(), counters),
    )
    expect(given.map((one) => one?.staff)).toEqual(['wang', 'wang', 'wang', 'wang', 'wang', 'li'])
  })
})

test('by turns nobody below the ceiling gets two more than another, and nobody more than the ceiling', () => {
  const ceilings = fc.array(fc.option(fc.nat(12)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(ceilings, fc.nat(80), (given, customers) => {
      const all = given.map((ceiling, index) => somebody(`s${index}`, { ceiling }))
      const counters = fresh()
      const rules = [ruleOf('r', {})]
      let unowned = 0
      for (let nth = 0; nth < customers; nth += 1)
        if (assign(rules, inOrder(all), asks(), counters) === null) unowned += 1
      const loads = all.map(({ id, ceiling }) => ({ load: counters.load.get(id) ?? 0, ceiling }))
      expect(loads.reduce((sum, { load }) => sum + load, 0)).toBe(customers - unowned)
      for (const { load, ceiling } of loads) expect(load).toBeLessThanOrEqual(ceiling ?? load)
      const below = loads.flatMap(({ load, ceiling }) => (ceiling === null || load < ceiling ? [load] : []))
      if (below.length > 0) {
        expect(unowned).toBe(0)
        const most = Math.max(...loads.map(({ load }) => load))
        expect(most - Math.min(...below)).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('the same counters give the same, whatever order the staff stand in', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(ids, fc.nat(20), (names, customers) => {
      const walk = (order: readonly string[]) => {
        const counters = fresh()
        const staff = inOrder(order.map((id) => somebody(id)))
        return Array.from(
          { length: customers },
          () => assign([ruleOf('r', {})], staff, asks(), counters)?.staff,
        )
      }
      expect(walk([...names].reverse())).toEqual(walk(names))
    }),
  )
})
