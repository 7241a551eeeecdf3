import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyOf, leavingsOf, noHistory, timesLeft, withLeaving } from './history.ts'

test('history is the times left by a port, or by any', () => {
  const history = historyOf({ 'sms.sent': 2, 'sms.not_sent': 1, 'sms-2.sent': 5 })
  expect(timesLeft(history, 'sms')).toBe(3)
  expect(timesLeft(history, 'sms', 'sent')).toBe(2)
  expect(timesLeft(history, 'coupon')).toBe(0)
})

test('a way of any length, stored and read again anywhere, counts as a plain record does', () => {
  const leaving = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom('sent', 'not_sent', 'left'))
  fc.assert(
    fc.property(fc.array(leaving, { maxLength: 400 }), fc.nat(400), (way, storedAfter) => {
      const counts: Record<string, number> = {}
      let history = noHistory
      way.forEach(([node, port], index) => {
        const key = `n${node}.${port}`
        counts[key] = (counts[key] ?? 0) + 1
        history = withLeaving(history, key)
        if (index === storedAfter) history = historyOf(leavingsOf(history))
      })
      expect(leavingsOf(history)).toEqual(counts)
      for (const [node, port] of way) {
        const all = Object.entries(counts).filter(([key]) => key.startsWith(`n${node}.`))
        expect(timesLeft(history, `n${node}`, port)).toBe(counts[`n${node}.${port}`])
        expect(timesLeft(history, `n${node}`)).toBe(all.reduce((sum, [, count]) => sum + count, 0))
      }
    }),
  )
})

test('two who come the same way and part share what is behind them, and neither changes it', () => {
  let shared = noHistory
  for (let node = 0; node < 100; node += 1) shared = withLeaving(shared, `n${node}.done`)
  const stored = leavingsOf(shared)
  const [one, other] = [withLeaving(shared, 'fork.yes'), withLeaving(shared, 'fork.no')]
  expect(timesLeft(one, 'fork', 'no')).toBe(0)
  expect(timesLeft(other, 'fork', 'no')).toBe(1)
  expect(leavingsOf(shared)).toEqual(stored)
})
