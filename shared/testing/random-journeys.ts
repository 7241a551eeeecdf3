import fc from 'fast-check'
import type { Journey } from '../journey/graph.ts'
import { type Sketch, sketch } from './sketch.ts'

export type Node = Sketch['nodes'][string]

/** A node before it is connected. */
export interface Draft {
  readonly node: Node
  readonly ports: readonly string[]
  /** The port that leads on to the next node, so that every node is reached. */
  readonly onward: string
  /** Ports that may lead back, as the node counts its visits. */
  readonly back: readonly string[]
}

const name = { en: 'n', 'zh-CN': '名' }
const span = fc.record({
  amount: fc.integer({ min: 1, max: 9 }),
  unit: fc.constantFrom('hour', 'day', 'month'),
})
const visits = fc.option(fc.integer({ min: 1, max: 3 }), { nil: null })

/** A node that may be looped to where its visits are counted; by which ports, says `back`. */
export function timed(node: Node, ports: readonly string[], maxVisits: number | null, back = ports): Draft {
  const [first = ''] = ports
  if (maxVisits === null) return { node, ports, onward: first, back: [] }
  return { node, ports: [...ports, 'limit'], onward: 'limit', back }
}

export function plain(node: Node, ports: readonly string[]): Draft {
  return { node, ports, onward: ports[0] ?? '', back: [] }
}

const wait = fc
  .record({ span, maxVisits: visits, late: fc.constantFrom('go_on', 'skip', 'leave') })
  .map(({ span: length, maxVisits, late }) => {
    const ports = late === 'skip' ? ['done', 'late'] : ['done']
    return timed(['wait', { until: { kind: 'duration', span: length }, late, maxVisits }], ports, maxVisits)
  })
const waitEvent = fc.record({ limit: span, maxVisits: visits }).map(({ limit, maxVisits }) => {
  const config = { filter: { event: 'order' }, limit, maxVisits }
  return timed(['wait_event', config], ['happened', 'timeout'], maxVisits, ['timeout'])
})
const branch = fc.integer({ min: 1, max: 3 }).map((count) => {
  const ids = Array.from({ length: count }, (_, at) => `b${at}`)
  const branches = ids.map((id) => ({ id, name, when: { kind: 'tag', tag: id } }))
  return plain(['branch', { branches }], [...ids, 'otherwise'])
})
const split = fc.constantFrom(2, 4).map((count) => {
  const variants = Array.from({ length: count }, (_, at) => ({ id: `v${at}`, name, weight: 100 / count }))
  return plain(
    ['split', { variants }],
    variants.map(({ id }) => id),
  )
})
const send = fc.constantFrom('sms', 'in_app').map((channel) => {
  return plain(['send', { channel, text: { 'zh-CN': '你好', en: 'Hello' } }], ['sent', 'not_sent'])
})
const coupon = fc.constant(plain(['coupon', { name, value: 100, validDays: 7 }], ['issued', 'not_issued']))
const tag = fc.constant(plain(['tag', { add: ['a'] }], ['done']))
const saved = fc.constant(plain(['save_audience', { audience: 'kept', name }], ['done']))

const decision = fc.integer({ min: 2, max: 4 }).map((count) => {
  const buttons = Array.from({ length: count }, (_, at) => ({ id: `b${at}`, name }))
  const ports = [...buttons.map(({ id }) => id), 'timeout']
  return plain(['decision', { title: 'Decide', buttons, limit: { amount: 2, unit: 'day' } }], ports)
})

const step = fc.oneof(wait, waitEvent, decision, branch, split, send, coupon, tag, saved)
const trigger = fc.constantFrom<Node>(
  ['manual'],
  ['event', { filter: { event: 'order' } }],
  ['audience_at', { audience: { kind: 'tag', tag: 'a' }, at: { kind: 'cron', cron: '0 10 * * 1' } }],
  ['customer_date', { attribute: 'birthday', days: -3, time: '10:00' }],
)
const goal = fc
  .boolean()
  .map((ends): Node => ['goal', { filter: { event: 'order' }, window: { kind: 'journey' }, ends }])

/** Leads every port somewhere: the onward one to the next node, the others further down, back, or out. */
function connect(drafts: readonly Draft[], draws: readonly number[]): Record<string, string> {
  const edges: Record<string, string> = {}
  const ids = drafts.map((_, at) => `n${at}`)
  let drawn = 0
  drafts.forEach(({ ports, onward, back }, at) => {
    for (const port of ports) {
      const draw = draws[drawn % draws.length] ?? 0
      drawn += 1
      const ahead = [...ids.slice(at + 1), 'out']
      const choices = back.includes(port) ? [...ids, 'out'] : ahead
      const target = port === onward ? ahead[0] : choices[draw % choices.length]
      edges[`n${at}.${port}`] = target ?? 'out'
    }
  })
  return edges
}

export interface Drawn {
  readonly drafts: readonly Draft[]
  /** Where the lines lead that are free to. */
  readonly draws: readonly number[]
  readonly triggers: readonly Node[]
  readonly goals: readonly Node[]
  readonly settings?: Record<string, unknown>
  readonly variables?: Record<string, unknown>
}

/** A journey of nodes `n0`, `n1` … one after another, triggers `t0` … and goals `g0` …, all of whose ways end in `out`. */
export function connected({ drafts, draws, triggers, goals, ...more }: Drawn): Journey {
  const nodes: Record<string, Node> = { out: ['exit'] }
  const edges = connect(drafts, draws)
  triggers.forEach((node, at) => {
    nodes[`t${at}`] = node
    edges[`t${at}.entered`] = at === 0 ? 'n0' : `n${(draws[at] ?? 0) % drafts.length}`
  })
  drafts.forEach(({ node }, at) => {
    nodes[`n${at}`] = node
  })
  goals.forEach((node, at) => {
    nodes[`g${at}`] = node
  })
  return sketch({ id: 'random', nodes, edges, ...more })
}

/**
 * Journeys without errors, of every node type: a chain of steps in which each further port leads down,
 * out, or, where the visits are counted, back.
 */
export const journeys: fc.Arbitrary<Journey> = fc
  .record({
    drafts: fc.array(step, { minLength: 1, maxLength: 12 }),
    draws: fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }),
    triggers: fc.array(trigger, { minLength: 1, maxLength: 3 }),
    goals: fc.array(goal, { maxLength: 2 }),
  })
  .map((drawn) => connected(drawn))
