import { describe, expect, test } from 'vitest'
import { createActor, createMachine } from 'xstate'
import type { Journey } from '../journey/graph.ts'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { compile, machineConfig, planOf, tableOf } from './index.ts'

const goal = (ends: boolean) =>
  ['goal', { filter: { event: 'order' }, window: { kind: 'journey' }, ends }] as const
const journey = sketch({
  id: 'qixi',
  settings: { reentry: { kind: 'after_leaving' } },
  nodes: {
    in: ['manual'],
    also: ['event', { filter: { event: 'order' } }],
    rest: ['wait', { until: { kind: 'duration', span: { amount: 1, unit: 'day' } }, maxVisits: 2 }],
    mark: ['tag', { add: ['a'] }],
    won: goal(true),
    seen: goal(false),
    out: ['exit'],
  },
  edges: {
    'in.entered': 'rest',
    'also.entered': 'mark',
    'rest.done': 'mark',
    'rest.limit': 'out',
    'mark.done': 'rest',
  },
})
const options = { registry, now: 0, zone: 'Asia/Shanghai', publishing: true }

describe('the machine of a journey', () => {
  const config = machineConfig(journey, registry)

  test('has the nodes as its states, and start and left beside them', () => {
    expect(Object.keys(config.states).sort()).toEqual([...Object.keys(journey.nodes), 'left', 'start'].sort())
    expect(config).toMatchObject({ id: 'qixi', initial: 'start', context: {} })
  })

  test('is left from start by each trigger, and a trigger’s own state has the same way out', () => {
    expect(config.states.start?.on).toEqual({
      'in.entered': { target: 'rest' },
      'also.entered': { target: 'mark' },
    })
    expect(config.states.in?.on).toEqual({ 'in.entered': { target: 'rest' } })
  })

  test('ends in exits, goals and left', () => {
    const final = Object.entries(config.states).filter(([, { type }]) => type === 'final')
    expect(final.map(([id]) => id).sort()).toEqual(['left', 'out', 'seen', 'won'])
  })

  test('is left from anywhere by a goal that ends it; another goal moves nobody', () => {
    expect(config.on).toEqual({
      'journey.left': { target: '.left' },
      'won.reached': { target: '.won' },
      'seen.reached': {},
    })
  })

  test('is plain JSON that createMachine takes unchanged', () => {
    const again: unknown = JSON.parse(JSON.stringify(config))
    expect(again).toEqual(config)
    const actor = createActor(createMachine(JSON.parse(JSON.stringify(config)))).start()
    for (const type of ['in.entered', 'rest.done', 'seen.reached', 'mark.done', 'rest.limit'])
      actor.send({ type })
    expect(actor.getSnapshot()).toMatchObject({ value: 'out', status: 'done' })
  })
})

describe('the transition table', () => {
  const table = tableOf(machineConfig(journey, registry))

  test('has a row for every state that can be left, its own events and the root’s', () => {
    expect(table.initial).toBe('start')
    expect(table.final).toEqual(['won', 'seen', 'out', 'left'])
    expect(table.states.rest).toEqual({
      'rest.done': 'mark',
      'rest.limit': 'out',
      'journey.left': 'left',
      'won.reached': 'won',
      'seen.reached': 'rest',
    })
    expect(Object.keys(table.states)).toEqual(['start', 'in', 'also', 'rest', 'mark'])
  })

  test('can be read into a plan for the runner', () => {
    const plan = planOf(journey, table, 3, registry)
    expect(plan.triggers.map(({ id }) => id)).toEqual(['in', 'also'])
    expect(plan.next.get('mark')?.get('mark.done')).toBe('rest')
    expect(plan.goals.map(({ id, ends }) => [id, ends])).toEqual([
      ['won', true],
      ['seen', false],
    ])
  })
})

test('a node may be called constructor', () => {
  const id: string = 'constructor'
  const strange = sketch({ nodes: { [id]: ['manual'], out: ['exit'] }, edges: { [`${id}.entered`]: 'out' } })
  const compiled = compile(strange, options)
  expect(compiled.ok && compiled.table.states.start).toMatchObject({ 'constructor.entered': 'out' })
})

test('a journey with errors does not compile, and says why', () => {
  const broken: Journey = { ...journey, edges: { ...journey.edges, mark: {} } }
  expect(compile(broken, options)).toMatchObject({
    ok: false,
    diagnostics: [{ code: 'dangling-port', node: 'mark' }],
  })
})

test('a journey without errors compiles to its machine and its table', () => {
  const compiled = compile(journey, options)
  expect(compiled).toMatchObject({
    ok: true,
    diagnostics: [],
    config: { id: 'qixi' },
    table: { initial: 'start' },
  })
})
