import { describe, expect, test } from 'vitest'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { createDocument, edit, redo, select, selectEdge, undo } from './document.ts'

const empty: Journey = journeySchema.parse({
  format: 1,
  id: 'spring',
  name: { en: 'Spring' },
  nodes: {},
})
const named = (en: string) => (journey: Journey) => ({ ...journey, name: { en } })
const names = (document: ReturnType<typeof createDocument>) => document.getState().journey.name.en

describe('a document', () => {
  test('takes steps back and makes them again', () => {
    const document = createDocument(empty)
    edit(document, named('A'), { label: 'rename' })
    edit(document, named('B'), { label: 'rename' })
    expect(undo(document)).toBe(true)
    expect(names(document)).toBe('A')
    expect(undo(document)).toBe(true)
    expect(undo(document)).toBe(false)
    expect(names(document)).toBe('Spring')
    expect(redo(document)).toBe(true)
    expect(redo(document)).toBe(true)
    expect(redo(document)).toBe(false)
    expect(names(document)).toBe('B')
  })

  test('takes quick typing in one field back at once, slow typing bit by bit', () => {
    const document = createDocument(empty)
    const type = (text: string, now: number) =>
      edit(document, named(text), { label: 'rename', coalesce: 'name', now })
    type('M', 0)
    type('Ma', 300)
    type('May', 900)
    type('May 1', 9_000)
    undo(document)
    expect(names(document)).toBe('May')
    undo(document)
    expect(names(document)).toBe('Spring')
  })

  test('does not join a step to one that was taken back and made again', () => {
    const document = createDocument(empty)
    edit(document, named('A'), { label: 'rename', coalesce: 'name', now: 0 })
    undo(document)
    redo(document)
    edit(document, named('B'), { label: 'rename', coalesce: 'name', now: 1 })
    undo(document)
    expect(names(document)).toBe('A')
  })

  test('forgets what could be redone once something new is done', () => {
    const document = createDocument(empty)
    edit(document, named('A'), { label: 'rename' })
    undo(document)
    edit(document, named('B'), { label: 'rename' })
    expect(redo(document)).toBe(false)
  })

  test('keeps no step for a change that changes nothing', () => {
    const document = createDocument(empty)
    edit(document, (journey) => journey, { label: 'rename' })
    expect(undo(document)).toBe(false)
  })

  test('selects again what was selected when a step is taken back, and nothing that is gone', () => {
    const node = { type: 'exit', name: { en: 'Exit' }, config: {} }
    const document = createDocument({ ...empty, nodes: { 'exit-1': node } })
    select(document, ['exit-1'])
    edit(document, (journey) => ({ ...journey, nodes: {} }), { label: 'delete' })
    expect(document.getState().selection).toEqual([])
    undo(document)
    expect(document.getState().selection).toEqual(['exit-1'])
  })

  test('selects either nodes or a line', () => {
    const document = createDocument(empty)
    select(document, ['a'])
    selectEdge(document, 'a.done')
    expect(document.getState()).toMatchObject({ selection: [], edge: 'a.done' })
    select(document, [])
    expect(document.getState().edge).toBeNull()
  })

  test('remembers two hundred steps', () => {
    const document = createDocument(empty)
    for (let step = 0; step < 260; step++) edit(document, named(`step ${step}`), { label: 'rename' })
    let back = 0
    while (undo(document)) back += 1
    expect(back).toBe(200)
  })
})
