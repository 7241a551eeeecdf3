import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import type { Base } from '../ports/base.ts'
import { createSigns } from '../ports/signs.ts'
import { type CopyWatch, watchCopy } from './copy-watch.ts'

let watch: CopyWatch | null = null
afterEach(() => watch?.close())

const log = pino({ level: 'silent' })
const asked = {
  condition: { kind: 'any' as const, of: [] },
  moment: { now: 0, zone: 'UTC', anchors: {} },
}

/** A copy that answers with what stands in `fails`, or that there is nobody. */
function world() {
  const state: { fails: Error | null; looks: number } = { fails: null, looks: 0 }
  const base: Base = {
    ask() {
      state.looks += 1
      // Nothing is read from the answer to a count here.
      return state.fails === null
        ? Promise.resolve({ count: 0, of: 0 } as never)
        : Promise.reject(state.fails)
    },
  }
  const signs = createSigns(() => 0)
  const watching = watchCopy({ id: 'own', log, signs }, base, 5)
  watch = watching
  return { state, signs, watching, unwell: () => signs.unwell().map(({ name }) => name) }
}

test.each([
  [new Problem('copy-no-room'), 'too little room', '空间不够'],
  [new Problem('copy-failed', { detail: 'cut in half' }), 'cut in half', 'cut in half'],
])(
  'where only pages ask, %s is shown by the health of the server, and goes by itself',
  async (problem, en, zh) => {
    const { state, signs, watching, unwell } = world()
    state.fails = problem
    await expect(watching.heard.ask('count', asked)).rejects.toBe(problem)
    expect(signs.unwell()).toMatchObject([
      {
        ...{ name: 'copy-silent', scope: 'own', bearing: 'notice' },
        message: { en: expect.stringContaining(en), 'zh-CN': expect.stringContaining(zh) },
      },
    ])
    await expect.poll(() => state.looks).toBeGreaterThan(3)
    expect(unwell()).toEqual(['copy-silent'])
    state.fails = null
    await expect.poll(unwell).toEqual([])
    const { looks } = state
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(state.looks).toBe(looks)
  },
)

test.each([
  new Problem('copy-building', { rows: 1, of: 2 }),
  new Problem('work-too-long', { seconds: 3 }),
  new Problem('not-found', { what: 'vips' }),
  new Error('a fault of the question'),
])('%s is no sign of the copy', async (error) => {
  const { state, watching, unwell } = world()
  state.fails = error
  await expect(watching.hear(Promise.reject(error))).rejects.toBe(error)
  expect(unwell()).toEqual([])
  expect(state.looks).toBe(0)
})

test('a brand that is closed looks no more, and leaves no sign', async () => {
  const { state, watching, unwell } = world()
  state.fails = new Problem('copy-no-room')
  await expect(watching.heard.ask('count', asked)).rejects.toThrow()
  watching.close()
  expect(unwell()).toEqual([])
  const { looks } = state
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(state.looks).toBe(looks)
})
