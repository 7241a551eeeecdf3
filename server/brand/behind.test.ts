import { expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { createSigns } from '../ports/signs.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { putClock } from '../store/sqlite/settings/mode.ts'
import { testClock } from '../testing/clock.ts'
import { watchBehind } from './behind.ts'

const start = Date.parse('2027-03-01T10:00:00+08:00')
const day = 86_400_000

/** A server that begins so long after, or before, somebody has changed something; in between it did not run. */
function begun(after: number) {
  const clock = testClock(start + after)
  const db = openDatabase(':memory:', { durability: 'off' })
  putClock(db, { actor: terminalActor, at: start, realAt: start }, start)
  const signs = createSigns(clock.now)
  watchBehind(signs, 'own', db, clock.now)
  return { clock, said: () => signs.unwell().map(({ scope, message }) => `${scope}: ${message?.en}`) }
}

test('a start whose clock is behind the data says so, until it gets there', () => {
  const { clock, said } = begun(-day)
  expect(said()).toEqual([expect.stringContaining('own: The machine’s clock is 1 day behind')])
  clock.set(day + 1)
  expect(said()).toEqual([])
})

test.each([0, day, -30_000])('a start %d ms after the last change says nothing', (after) => {
  expect(begun(after).said()).toEqual([])
})
