import { expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { elapsedOver } from '../clock/machine.ts'
import { createBrake } from './brake.ts'
import { callerOf } from './caller.ts'
import { passwordDoor } from './password.ts'

test('however many try at once, few passwords are looked at, and the owner comes in within a few tries', async () => {
  const door = passwordDoor('the right one', { atOnce: 2, waiting: 8 })
  const outcomes = { wrong: 0, sentAway: 0 }
  const guess = async () => {
    try {
      if (!(await door.isRight('guess'))) outcomes.wrong += 1
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      outcomes.sentAway += 1
    }
  }
  await Promise.all(Array.from({ length: 200 }, guess))
  expect(outcomes).toEqual({ wrong: 10, sentAway: 190 })
  expect(await door.isRight('the right one')).toBe(true)
})

test('the brake forgets after its window, by elapsed time, and who failed longest ago', () => {
  let ms = 0
  const brake = createBrake({ elapsed: elapsedOver(() => ms), most: 2, windowMs: 60_000, callers: 3 })
  expect([brake.begin('a'), brake.begin('a'), brake.begin('a')]).toEqual([0, 0, 60_000])
  ms = 59_999
  expect(brake.begin('a')).toBe(1)
  ms = 60_000
  expect(brake.begin('a')).toBe(0)
  for (const caller of ['b', 'c', 'd']) brake.begin(caller)
  brake.begin('a')
  expect(brake.begin('a')).toBe(0)
  expect(brake.begin('a')).toBeGreaterThan(0)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['not an address', 'not an address'],
])('%s is counted as %s', (ip, caller) => expect(callerOf(ip)).toBe(caller))
