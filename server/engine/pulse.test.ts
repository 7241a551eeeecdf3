import { expect, test } from 'vitest'
import { createPulse } from './pulse.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Work that goes on until it is let go. */
function heldWork() {
  const release: (() => void)[] = []
  let begun = 0
  const work = () => {
    begun += 1
    return new Promise<boolean>((resolve) => release.push(() => resolve(false)))
  }
  return { work, begun: () => begun, letGo: () => release.shift()?.() }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a beat is skipped while the one before is still at it', async () => {
  const tick = heldWork()
  const pulse = createPulse({ tick: tick.work, beside: [], log })
  const first = pulse.beat()
  await pulse.beat()
  expect(tick.begun()).toBe(1)
  tick.letGo()
  await first
  void pulse.beat()
  expect(tick.begun()).toBe(2)
})

test('what comes in during a beat gets one of its own right after', async () => {
  const tick = heldWork()
  const pulse = createPulse({ tick: tick.work, beside: [], log })
  pulse.wake()
  pulse.wake()
  pulse.wake()
  tick.letGo()
  await turn()
  expect(tick.begun()).toBe(2)
  tick.letGo()
  await turn()
  expect(tick.begun()).toBe(2)
})

test('a slow channel holds up no beat', async () => {
  const channel = heldWork()
  let ticks = 0
  const tick = async () => {
    ticks += 1
    return false
  }
  const pulse = createPulse({ tick, beside: [channel.work], log })
  await pulse.beat()
  await pulse.beat()
  expect(ticks).toBe(2)
})

test('a tick that fails is told, and the next beat tries again', async () => {
  const told: unknown[] = []
  let ticks = 0
  const tick = async () => {
    ticks += 1
    throw new Error('the disk is full')
  }
  const pulse = createPulse({ tick, beside: [], log: { ...log, error: (line: unknown) => told.push(line) } })
  await pulse.beat()
  await pulse.beat()
  expect(ticks).toBe(2)
  expect(told).toHaveLength(2)
})

test('after the stop nothing beats, and the beat under way has ended', async () => {
  const tick = heldWork()
  const pulse = createPulse({ tick: tick.work, beside: [], log })
  void pulse.beat()
  let stopped = false
  const stop = pulse.stop().then(() => {
    stopped = true
  })
  await turn()
  expect(stopped).toBe(false)
  tick.letGo()
  await stop
  await pulse.beat()
  expect(tick.begun()).toBe(1)
})
