import { expect, test } from 'vitest'
import { testClock } from '../testing/clock.ts'
import { createLiveTime } from './live-time.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const start = Date.parse('2027-03-01T10:00:00+08:00')
const rest = () => new Promise((resolve) => setImmediate(resolve))

/** A backlog of so many batches, each of which takes so long. */
function backlog(batches: number, eachMs: number) {
  const clock = testClock(start)
  const done: string[] = []
  let left = batches
  const work = {
    tick: async () => 0,
    async batch(now: number) {
      if (left === 0) return 0
      left -= 1
      done.push(`batch at ${(now - start) / 1000} s`)
      clock.advance(eachMs)
      return 1000
    },
    ask: async () => 0,
    erase: async () => 0,
    score: async () => 0,
    give: async () => 0,
    async dispatch() {
      done.push('dispatch')
      return 0
    },
  }
  const time = createLiveTime({ ...clock, work, log, heartbeat: () => () => undefined })
  return { time, done, clock }
}

test('a backlog keeps neither messages waiting for its end nor what comes in meanwhile', async () => {
  const { time, done } = backlog(5, 500)
  await time.start()
  while (done.filter((what) => what === 'dispatch').length < 3) await rest()
  expect(done).toEqual([
    'batch at 0 s',
    'batch at 0.5 s',
    'dispatch',
    'batch at 1 s',
    'batch at 1.5 s',
    'dispatch',
    'batch at 2 s',
    'dispatch',
  ])
  await time.stop()
})

test('work that comes no batch further says for how long', async () => {
  const clock = testClock(start)
  let finish: (done: number) => void = () => undefined
  const stuck = () =>
    new Promise<number>((resolve) => {
      finish = resolve
    })
  const work = {
    tick: async () => 0,
    batch: stuck,
    ask: async () => 0,
    dispatch: async () => 0,
    erase: async () => 0,
    score: async () => 0,
    give: async () => 0,
  }
  const time = createLiveTime({ ...clock, work, log, heartbeat: () => () => undefined })
  expect(time.standsMs()).toBe(0)
  await time.start()
  clock.advance(90_000)
  clock.set(-86_400_000)
  expect(time.standsMs()).toBe(90_000)
  finish(0)
  await rest()
  expect(time.standsMs()).toBe(0)
  await time.stop()
})
