import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createActor, createMachine } from 'xstate'
import { parseJourney, printJourney } from '../journey/file.ts'
import { canonicalJson, type Journey, meaningOf } from '../journey/graph.ts'
import { adjacencyOf, edgesOf, reachable } from '../journey/walk.ts'
import { registry } from '../nodes/index.ts'
import { journeys } from '../testing/random-journeys.ts'
import { check, compile, prove, tableOf } from './index.ts'
import { freeEdges, readJourney } from './read.ts'

// Seeds that once failed stay here.
const runs = { seed: 20_260_819, numRuns: 150 }
const options = { registry, now: 0, zone: 'Asia/Shanghai', publishing: true }

const loopCodes = ['loop-without-wait', 'loop-may-not-wait']

function errorsOf(journey: Journey): string[] {
  return check(journey, options).flatMap(({ code, severity }) => (severity === 'error' ? [code] : []))
}

/** The slow oracle: the events that a state answers and where they lead, read off the edges alone. */
function naiveRow(journey: Journey, state: string): Map<string, string> {
  const row = new Map<string, string>()
  const type = journey.nodes[state]?.type
  if (type === 'exit' || type === 'goal' || state === 'left') return row
  const isTrigger = (id: string) => edgesOf(journey).some((e) => e.from === id && e.port === 'entered')
  for (const { from, port, to } of edgesOf(journey))
    if (from === state || (state === 'start' && isTrigger(from))) row.set(`${from}.${port}`, to)
  for (const [id, node] of Object.entries(journey.nodes))
    if (node.type === 'goal') row.set(`${id}.reached`, node.config.ends === true ? id : state)
  row.set('journey.left', 'left')
  return row
}

function compiled(journey: Journey) {
  const result = compile(journey, options)
  if (!result.ok) throw new Error(result.diagnostics.map(({ code, node }) => `${code} ${node}`).join())
  return result
}

describe('on random journeys', () => {
  test('the table, XState’s interpreter and a walk over the edges take the same way', () => {
    fc.assert(
      fc.property(journeys, fc.array(fc.nat(10_000), { minLength: 1, maxLength: 40 }), (journey, draws) => {
        const { config, table } = compiled(journey)
        const actor = createActor(createMachine(JSON.parse(JSON.stringify(config)))).start()
        let state = 'start'
        let looked = table.initial
        for (const draw of draws) {
          const row = [...naiveRow(journey, state)]
          const [event, next] = row[draw % Math.max(1, row.length)] ?? []
          expect(Object.keys(table.states[looked] ?? {}).sort()).toEqual(row.map(([name]) => name).sort())
          expect(table.final.includes(looked)).toBe(row.length === 0)
          if (event === undefined || next === undefined) break
          state = next
          looked = table.states[looked]?.[event] ?? 'nowhere'
          actor.send({ type: 'nobody.knows' })
          actor.send({ type: event })
          expect([looked, actor.getSnapshot().value]).toEqual([state, state])
        }
        expect(actor.getSnapshot().status).toBe(table.final.includes(state) ? 'done' : 'active')
      }),
      runs,
    )
  })

  test('the table made from the printed machine is the same', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const { config, table } = compiled(journey)
        expect(tableOf(JSON.parse(JSON.stringify(config)))).toEqual(table)
      }),
      { ...runs, numRuns: 30 },
    )
  })

  test('a line that is taken away is missed', () => {
    fc.assert(
      fc.property(journeys, fc.nat(), (journey, draw) => {
        const edges = edgesOf(journey)
        const gone = edges[draw % edges.length]
        if (gone === undefined) return
        const { [gone.port]: _gone, ...ports } = journey.edges[gone.from] ?? {}
        const broken = { ...journey, edges: { ...journey.edges, [gone.from]: ports } }
        expect(errorsOf(broken)).toContain('dangling-port')
      }),
      runs,
    )
  })

  test('a node that nothing leads to is found', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const orphan = { type: 'tag', name: { en: 'orphan' }, config: { add: ['a'] } }
        const broken: Journey = {
          ...journey,
          nodes: { ...journey.nodes, orphan },
          edges: { ...journey.edges, orphan: { done: 'out' } },
        }
        expect(errorsOf(broken)).toEqual(['unreachable-node'])
      }),
      runs,
    )
  })

  test('a loop that passes no counted wait is found', () => {
    fc.assert(
      fc.property(journeys, fc.nat(), fc.nat(), (journey, first, second) => {
        const free = freeEdges(readJourney(journey, registry)).filter(({ from }) => from.startsWith('n'))
        const cut = free[first % Math.max(1, free.length)]
        if (cut === undefined) return
        const before = reachable(adjacencyOf(free, 'backward'), [cut.from])
        const target = [...before][second % before.size] ?? cut.from
        const edges = { ...journey.edges, [cut.from]: { ...journey.edges[cut.from], [cut.port]: target } }
        expect(errorsOf({ ...journey, edges }).some((code) => loopCodes.includes(code))).toBe(true)
      }),
      runs,
    )
  })

  test('nobody gets more messages than was proved, and every walk ends', () => {
    fc.assert(
      fc.property(journeys, fc.array(fc.nat(1000), { minLength: 5, maxLength: 50 }), (journey, draws) => {
        const most = prove(journey, registry).mostMessages
        const visits = new Map<string, number>()
        let [state, messages, steps] = ['n0', 0, 0]
        while (state !== 'out') {
          const node = journey.nodes[state]
          const ports = Object.entries(journey.edges[state] ?? {})
          const max = node?.config.maxVisits
          const visit = (visits.get(state) ?? 0) + 1
          visits.set(state, visit)
          const open = ports.filter(([port]) => typeof max !== 'number' || (port === 'limit') === visit > max)
          if (node?.type === 'send') messages += 1
          state = open[(draws[steps % draws.length] ?? 0) % open.length]?.[1] ?? 'nowhere'
          steps += 1
          expect(steps).toBeLessThan(2000)
        }
        expect(most).not.toBeNull()
        expect(messages).toBeLessThanOrEqual(most ?? 0)
      }),
      runs,
    )
  })

  test('a file that is read, printed and read again is the same journey', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const text = printJourney(journey)
        expect(parseJourney(text)).toEqual({ ok: true, journey })
        expect(parseJourney(JSON.parse(text))).toEqual({ ok: true, journey })
      }),
      runs,
    )
  })

  test('nothing that a file may hold makes the check, the proofs or the reading fail', () => {
    const any = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(journeys, fc.nat(), fc.nat(), any, (journey, first, second, value) => {
        const ids = Object.keys(journey.nodes)
        const id = ids[first % ids.length] ?? ''
        const node = journey.nodes[id]
        if (node === undefined) return
        const keys = Object.keys(node.config)
        const config = { ...node.config, [keys[second % Math.max(1, keys.length)] ?? 'x']: value }
        const read = parseJourney(
          JSON.stringify({ ...journey, nodes: { ...journey.nodes, [id]: { ...node, config } } }),
        )
        if (!read.ok) return
        expect(Array.isArray(check(read.journey, options))).toBe(true)
        expect(prove(read.journey, registry)).toHaveProperty('mostMessages')
      }),
      runs,
    )
    fc.assert(
      fc.property(any, (value) => {
        expect(parseJourney(JSON.stringify(value)).ok).toBe(false)
        expect(parseJourney(JSON.stringify({ format: 1, id: 'a', name: value, nodes: value })).ok).toBe(false)
      }),
      runs,
    )
  })

  test('moving boxes changes no meaning', () => {
    const point = fc.record({ x: fc.integer(), y: fc.integer() })
    fc.assert(
      fc.property(journeys, fc.array(point, { minLength: 1, maxLength: 20 }), (journey, points) => {
        const layout = Object.fromEntries(
          Object.keys(journey.nodes).map((id, at) => [id, points[at % points.length] ?? { x: 0, y: 0 }]),
        )
        const moved: Journey = { ...journey, layout }
        expect(canonicalJson(meaningOf(moved))).toBe(canonicalJson(meaningOf(journey)))
        expect(compiled(moved).table).toEqual(compiled(journey).table)
      }),
      { ...runs, numRuns: 40 },
    )
  })
})
