import { expect, test, vi } from 'vitest'
import { Lane, type LaneLimits } from './lane.ts'

const limits = { atOnce: 1, atOnceEach: 1, waiting: 4, waitingEach: 3, waitMs: null }
const never = new AbortController().signal
const nothing = () => undefined

/** A lane, with what had its turn so far in order. */
function lane(more: Partial<LaneLimits> = {}) {
  const begun: string[] = []
  const places = new Lane({ ...limits, ...more })
  const enter = (key: string, name: string, signal = never, moved: (before: number) => void = nothing) =>
    places.enter(key, signal, moved).then((release) => {
      begun.push(name)
      return release
    })
  return { places, begun, enter }
}

test('keys have their turns round and round, each in its own order', async () => {
  const { begun, enter } = lane()
  const first = await enter('a', 'a1')
  const waiting = [enter('a', 'a2'), enter('a', 'a3'), enter('b', 'b1')]
  first()
  for (const one of [waiting[0], waiting[2], waiting[1]]) (await one)?.()
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3'])
})

test('one key leaves room for the others, however much it has', async () => {
  const { begun, enter, places } = lane({ atOnce: 2 })
  await enter('a', 'a1')
  const second = enter('a', 'a2')
  await enter('b', 'b1')
  expect(begun).toEqual(['a1', 'b1'])
  expect([places.running, places.waiting]).toEqual([2, 1])
  expect(second).toBeInstanceOf(Promise)
})

test('whoever waits hears how many come before', async () => {
  const heard: number[] = []
  const { enter } = lane()
  const first = await enter('a', 'a1')
  const second = enter('a', 'a2')
  void enter('a', 'a3', never, (before) => heard.push(before))
  expect(heard.at(-1)).toBe(2)
  first()
  await second
  expect(heard.at(-1)).toBe(1)
})

test('what is beyond the queue is refused, of one key sooner', async () => {
  const { enter } = lane()
  await enter('a', 'a1')
  for (const name of ['a2', 'a3', 'a4']) void enter('a', name)
  await expect(async () => enter('a', 'a5')).rejects.toMatchObject({ code: 'work-busy' })
  void enter('b', 'b1')
  await expect(async () => enter('c', 'c1')).rejects.toMatchObject({ code: 'work-busy' })
})

test('who gives up, or waits too long, leaves the queue', async () => {
  vi.useFakeTimers()
  try {
    const { enter, places } = lane({ waitMs: 1000 })
    const first = await enter('a', 'a1')
    const gone = new AbortController()
    const given = expect(enter('a', 'a2', gone.signal)).rejects.toThrow('gone')
    const late = expect(enter('a', 'a3')).rejects.toMatchObject({ code: 'work-busy' })
    gone.abort(new Error('gone'))
    await given
    vi.advanceTimersByTime(1000)
    await late
    expect(places.waiting).toBe(0)
    first()
    first()
    expect(places.running).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
