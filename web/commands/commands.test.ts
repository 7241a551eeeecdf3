import { beforeEach, describe, expect, test } from 'vitest'
import { journeySchema } from '../../shared/journey/graph.ts'
import { nodeTypes, registry } from '../../shared/nodes/index.ts'
import { createDocument, type DocumentStore, select, selectEdge } from '../store/document.ts'
import { addNode } from './add-node.ts'
import { annotate } from './annotate.ts'
import { autoLayout } from './auto-layout.ts'
import type { CommandContext } from './command.ts'
import { configure } from './configure.ts'
import { connect } from './connect.ts'
import { copy } from './copy.ts'
import { cut } from './cut.ts'
import { deleteSelected } from './delete.ts'
import { disconnect } from './disconnect.ts'
import { duplicate } from './duplicate.ts'
import { keyCommands } from './index.ts'
import { insertOnEdge } from './insert-on-edge.ts'
import { move } from './move.ts'
import { paste } from './paste.ts'
import { redo } from './redo.ts'
import { rename } from './rename.ts'
import type { Seed } from './seed.ts'
import { selectAll } from './select-all.ts'
import { isShortcut, sayShortcut } from './shortcuts.ts'
import { undo } from './undo.ts'

const seed = (type: keyof typeof nodeTypes, stem: string = type): Seed => ({
  type,
  stem,
  name: nodeTypes[type].name,
  config: JSON.parse(JSON.stringify(nodeTypes[type].defaults())),
})
const sms = seed('send', 'sms')

let document: DocumentStore
let context: CommandContext
let fitted: number
const journey = () => document.getState().journey
const ids = () => Object.keys(journey().nodes)

beforeEach(() => {
  document = createDocument(
    journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes: {} }),
  )
  fitted = 0
  const fit = () => {
    fitted += 1
  }
  context = {
    document,
    types: registry,
    view: { middle: () => ({ x: 500, y: 300 }), fit, begin: fit, reveal: () => undefined },
    clipboard: { content: null },
  }
})

/** Clicks through the palette: entry, SMS, wait, exit. */
function drawn() {
  for (const one of [seed('audience_at'), sms, seed('wait'), seed('exit')])
    addNode.run(context, { seed: one, at: null })
}

describe('adding', () => {
  test('clicks on the palette draw a connected journey', () => {
    drawn()
    expect(ids()).toEqual(['audience-at-1', 'sms-1', 'wait-1', 'exit-1'])
    expect(journey().edges).toEqual({
      'audience-at-1': { entered: 'sms-1' },
      'sms-1': { sent: 'wait-1', not_sent: 'wait-1' },
      'wait-1': { done: 'exit-1' },
    })
    expect(document.getState().selection).toEqual(['exit-1'])
  })

  test('a click after a connected node puts the new one between it and what follows', () => {
    drawn()
    select(document, ['sms-1'])
    addNode.run(context, { seed: seed('tag'), at: null })
    expect(journey().edges['sms-1']).toEqual({ sent: 'tag-1', not_sent: 'tag-1' })
    expect(journey().edges['tag-1']).toEqual({ done: 'wait-1' })
  })

  test('a choice leads on by its first port only', () => {
    for (const one of [seed('event'), seed('branch'), seed('exit')])
      addNode.run(context, { seed: one, at: null })
    expect(journey().edges['branch-1']).toEqual({ yes: 'exit-1' })
  })

  test('no line leads into a trigger or a goal', () => {
    drawn()
    select(document, ['wait-1'])
    disconnect.run(context, { from: 'wait-1', port: 'done' })
    addNode.run(context, { seed: seed('goal'), at: null })
    expect(journey().edges['wait-1']).toBeUndefined()
  })

  test('cards do not cover each other', () => {
    for (let count = 0; count < 5; count++) {
      select(document, [])
      addNode.run(context, { seed: sms, at: null })
    }
    const places = Object.values(journey().layout).map(({ x, y }) => `${x} ${y}`)
    expect(new Set(places).size).toBe(5)
  })

  test('what is added at the ports of a card stands below it, side by side', () => {
    for (const one of [seed('event'), seed('split')]) addNode.run(context, { seed: one, at: null })
    for (const port of ['a', 'b'])
      addNode.run(context, { seed: sms, at: null, from: { node: 'split-1', port } })
    expect(journey().edges['split-1']).toEqual({ a: 'sms-1', b: 'sms-2' })
    const { 'split-1': split, 'sms-1': first, 'sms-2': second } = journey().layout
    expect(first?.x).toBe(split?.x)
    expect(first?.y).toBeGreaterThan((split?.y ?? 0) + 84)
    expect(second?.y).toBe(first?.y)
    expect(second?.x).toBeGreaterThanOrEqual((first?.x ?? 0) + 216)
  })

  test('a dropped card stands with its middle where it was dropped', () => {
    addNode.run(context, { seed: sms, at: { x: 108, y: 42 } })
    expect(journey().layout['sms-1']).toEqual({ x: 0, y: 0 })
  })

  test('a card dropped on a line is put into it, and what follows makes room', () => {
    drawn()
    const before = journey().layout
    insertOnEdge.run(context, { seed: sms, edge: 'wait-1.done' })
    expect(journey().edges['wait-1']).toEqual({ done: 'sms-2' })
    expect(journey().edges['sms-2']).toEqual({ sent: 'exit-1', not_sent: 'exit-1' })
    expect(journey().layout['exit-1']?.y).toBeGreaterThan(before['exit-1']?.y ?? 0)
    expect(journey().layout['sms-1']).toEqual(before['sms-1'])
    undo.run(context)
    expect(journey().layout).toEqual(before)
  })

  test('an exit cannot be put into a line', () => {
    drawn()
    insertOnEdge.run(context, { seed: seed('exit'), edge: 'wait-1.done' })
    expect(ids()).toHaveLength(4)
  })
})

describe('lines', () => {
  test('a port leads to one node at a time', () => {
    drawn()
    connect.run(context, { from: 'sms-1', port: 'sent', to: 'exit-1' })
    expect(journey().edges['sms-1']).toEqual({ sent: 'exit-1', not_sent: 'wait-1' })
  })

  test('no line leads into a trigger or back into its own node', () => {
    drawn()
    const before = journey()
    connect.run(context, { from: 'wait-1', port: 'done', to: 'audience-at-1' })
    connect.run(context, { from: 'wait-1', port: 'done', to: 'wait-1' })
    expect(journey()).toBe(before)
  })

  test('deleting a node takes its lines along and joins nothing up', () => {
    drawn()
    select(document, ['wait-1'])
    deleteSelected.run(context)
    expect(journey().edges).toEqual({ 'audience-at-1': { entered: 'sms-1' } })
    expect(journey().layout['wait-1']).toBeUndefined()
    undo.run(context)
    expect(journey().edges['wait-1']).toEqual({ done: 'exit-1' })
    expect(document.getState().selection).toEqual(['wait-1'])
  })

  test('a selected line can be deleted alone', () => {
    drawn()
    selectEdge(document, 'sms-1.not_sent')
    deleteSelected.run(context)
    expect(journey().edges['sms-1']).toEqual({ sent: 'wait-1' })
    expect(ids()).toHaveLength(4)
  })

  test('a port that a node has no longer takes its line along', () => {
    drawn()
    const limited = { ...nodeTypes.wait.defaults(), maxVisits: 2 }
    configure.run(context, { id: 'wait-1', config: JSON.parse(JSON.stringify(limited)) })
    connect.run(context, { from: 'wait-1', port: 'limit', to: 'exit-1' })
    configure.run(context, {
      id: 'wait-1',
      config: JSON.parse(JSON.stringify({ ...limited, maxVisits: null })),
    })
    expect(journey().edges['wait-1']).toEqual({ done: 'exit-1' })
  })

  test('lines stay while a field is half written', () => {
    drawn()
    configure.run(context, { id: 'sms-1', config: { channel: 'email', text: {} } })
    expect(journey().edges['sms-1']).toEqual({ sent: 'wait-1', not_sent: 'wait-1' })
  })
})

describe('copies', () => {
  test('have ids of their own and the lines between them', () => {
    drawn()
    select(document, ['sms-1', 'wait-1'])
    copy.run(context)
    paste.run(context)
    expect(ids().slice(4)).toEqual(['sms-2', 'wait-2'])
    expect(journey().edges['sms-2']).toEqual({ sent: 'wait-2', not_sent: 'wait-2' })
    expect(journey().edges['wait-2']).toBeUndefined()
    expect(document.getState().selection).toEqual(['sms-2', 'wait-2'])
  })

  test('can be cut out and pasted again under their own ids', () => {
    drawn()
    select(document, ['wait-1'])
    cut.run(context)
    expect(ids()).not.toContain('wait-1')
    paste.run(context)
    expect(ids()).toContain('wait-1')
  })

  test('stand beside the original', () => {
    drawn()
    select(document, ['wait-1'])
    duplicate.run(context)
    expect(journey().layout['wait-2']).not.toEqual(journey().layout['wait-1'])
  })
})

describe('the rest', () => {
  test('renaming and annotating keep the id', () => {
    drawn()
    rename.run(context, { id: 'sms-1', name: { 'zh-CN': '预热短信' } })
    annotate.run(context, { id: 'sms-1', note: 'ask legal' })
    expect(journey().nodes['sms-1']).toMatchObject({ name: { 'zh-CN': '预热短信' }, note: 'ask legal' })
    annotate.run(context, { id: 'sms-1', note: '' })
    expect(journey().nodes['sms-1']).not.toHaveProperty('note')
  })

  test('moving to the same place is no step', () => {
    drawn()
    const steps = document.getState().history.past.length
    move.run(context, { 'sms-1': journey().layout['sms-1'] ?? { x: 0, y: 0 } })
    expect(document.getState().history.past).toHaveLength(steps)
  })

  test('undo and redo are ready only when there is something to do', () => {
    expect(undo.ready?.(context)).toBe(false)
    drawn()
    expect(undo.ready?.(context)).toBe(true)
    undo.run(context)
    expect(redo.ready?.(context)).toBe(true)
    redo.run(context)
    expect(ids()).toContain('exit-1')
  })

  test('everything can be selected', () => {
    drawn()
    selectAll.run(context)
    expect(document.getState().selection).toHaveLength(4)
  })

  test('auto-layout stands steps below each other, branches beside each other in the order of their ports', async () => {
    for (const one of [seed('event'), seed('split')]) addNode.run(context, { seed: one, at: null })
    addNode.run(context, { seed: sms, at: { x: 0, y: 0 }, from: { node: 'split-1', port: 'b' } })
    addNode.run(context, { seed: sms, at: { x: 900, y: 0 }, from: { node: 'split-1', port: 'a' } })
    await autoLayout.run(context)
    const place = (id: string) => journey().layout[id] ?? { x: Number.NaN, y: Number.NaN }
    expect(place('event-1').y).toBeLessThan(place('split-1').y)
    expect(place('sms-1').y).toBe(place('sms-2').y)
    expect(place('sms-2').x).toBeLessThan(place('sms-1').x)
    expect(fitted).toBe(1)
  })
})

describe('shortcuts', () => {
  const press = (key: string, keys: Partial<Parameters<typeof isShortcut>[0]> = {}) => ({
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...keys,
  })

  test('are told apart by their modifiers', () => {
    expect(isShortcut(press('z', { ctrlKey: true }), 'mod+z', false)).toBe(true)
    expect(isShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+z', false)).toBe(false)
    expect(isShortcut(press('Z', { metaKey: true, shiftKey: true }), 'mod+shift+z', true)).toBe(true)
    expect(isShortcut(press('!', { shiftKey: true, code: 'Digit1' }), 'shift+1', false)).toBe(true)
  })

  test('are said as the keyboard has them', () => {
    expect(sayShortcut('mod+shift+z', true)).toBe('⌘⇧Z')
    expect(sayShortcut('mod+shift+z', false)).toBe('Ctrl+Shift+Z')
  })

  test('belong to one command each', () => {
    const all = keyCommands.flatMap(({ shortcuts }) => shortcuts)
    expect(new Set(all).size).toBe(all.length)
  })
})
