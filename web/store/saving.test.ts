import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { createDocument, edit, undo } from './document.ts'
import { type SavingPort, startSaving } from './saving.ts'

const journey: Journey = journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes: {} })

/** A server that holds one draft and refuses a stale revision. */
function server() {
  const held = { revision: 3, journey }
  const state = { down: false, saves: 0 }
  const port: SavingPort = {
    put: async (revision, next) => {
      await Promise.resolve()
      if (state.down) throw new Error('unreachable')
      if (revision !== held.revision) throw new Error('stale')
      held.revision += 1
      held.journey = next
      state.saves += 1
      return { revision: held.revision }
    },
    latest: async () => ({ ...held }),
    isStale: (problem) => problem instanceof Error && problem.message === 'stale',
  }
  return { held, state, port }
}

const rename = (document: ReturnType<typeof createDocument>, en: string) =>
  edit(document, (now) => ({ ...now, name: { en } }), { label: 'rename' })

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('saving a draft', () => {
  test('happens once the marketer pauses, with what stands then', async () => {
    const { held, state, port } = server()
    const document = createDocument(journey)
    const saving = startSaving(document, 3, port)
    rename(document, 'A')
    rename(document, 'B')
    expect(saving.store.getState().status).toBe('waiting')
    await vi.advanceTimersByTimeAsync(700)
    expect(state.saves).toBe(1)
    expect(held.journey.name.en).toBe('B')
    expect(saving.store.getState()).toMatchObject({ status: 'saved', revision: 4 })
  })

  test('is not needed when everything was taken back', async () => {
    const { state, port } = server()
    const document = createDocument(journey)
    const saving = startSaving(document, 3, port)
    rename(document, 'A')
    undo(document)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(state.saves).toBe(0)
    expect(saving.store.getState().status).toBe('saved')
  })

  test('goes on by itself once the server is back', async () => {
    const { held, state, port } = server()
    const document = createDocument(journey)
    const saving = startSaving(document, 3, port)
    state.down = true
    rename(document, 'A')
    await vi.advanceTimersByTimeAsync(700)
    expect(saving.store.getState().status).toBe('failed')
    state.down = false
    await vi.advanceTimersByTimeAsync(5_000)
    expect(saving.store.getState().status).toBe('saved')
    expect(held.journey.name.en).toBe('A')
  })

  test('saves at once when asked, and says which revision that made', async () => {
    const { port } = server()
    const document = createDocument(journey)
    const saving = startSaving(document, 3, port)
    rename(document, 'A')
    expect(await saving.flush()).toBe(4)
    expect(await saving.flush()).toBe(4)
  })

  test('saves what changed while it was saving', async () => {
    const { held, port } = server()
    const document = createDocument(journey)
    const saving = startSaving(document, 3, port)
    rename(document, 'A')
    const first = saving.flush()
    rename(document, 'B')
    await first.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(700)
    expect(held.journey.name.en).toBe('B')
    expect(saving.store.getState().status).toBe('saved')
  })
})

describe('when somebody else saved first', () => {
  async function stale() {
    const { held, port } = server()
    const document = createDocument(journey)
    const saving = startSaving(document, 3, port)
    held.revision = 9
    held.journey = { ...journey, name: { en: 'Theirs' } }
    rename(document, 'Mine')
    await vi.advanceTimersByTimeAsync(700)
    return { held, document, saving }
  }

  test('nothing is written over, however much is edited', async () => {
    const { held, document, saving } = await stale()
    rename(document, 'Mine still')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(saving.store.getState().status).toBe('stale')
    expect(held.journey.name.en).toBe('Theirs')
  })

  test('theirs can be taken, and mine brought back by undo', async () => {
    const { document, saving } = await stale()
    await saving.takeTheirs()
    expect(document.getState().journey.name.en).toBe('Theirs')
    expect(saving.store.getState()).toMatchObject({ status: 'saved', revision: 9 })
    undo(document)
    expect(document.getState().journey.name.en).toBe('Mine')
  })

  test('mine can be kept', async () => {
    const { held, saving } = await stale()
    await saving.keepMine()
    expect(held.journey.name.en).toBe('Mine')
    expect(saving.store.getState()).toMatchObject({ status: 'saved', revision: 10 })
  })
})
