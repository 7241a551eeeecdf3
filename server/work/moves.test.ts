import { expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { followMove } from './moves.ts'
import { Workshop } from './workshop.ts'

const hour = 3_600_000

test('a move of the clock is seen with how far it is, and ends where it is by a person', async () => {
  let now = 0
  const workshop = new Workshop({
    program: null,
    // Each look is two seconds after the one before.
    now: () => {
      now += 2000
      return now
    },
  })
  let end: () => void = () => undefined
  let moved: () => void = () => undefined
  const clock = {
    brand: 'demo',
    actor: terminalActor,
    moving: () => ({ from: 0, to: 24 * hour, at: 6 * hour }),
    endMove: async () => end(),
    subscribe(listener: () => void) {
      moved = listener
      return () => undefined
    },
  }
  const move = () =>
    new Promise<void>((resolve) => {
      end = resolve
    })
  const following = followMove(workshop, clock, move)
  moved()
  const [seen] = workshop.open.list('demo')
  expect(seen).toMatchObject({ kind: 'move', state: 'running', progress: { done: 6, of: 24 } })
  workshop.open.end('demo', seen?.id ?? '')
  await following
  expect(workshop.open.list('demo')).toEqual([])
})
