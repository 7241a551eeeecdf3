import { expect, test } from 'vitest'
import { furthest, tabsOf } from './status.ts'

test('the tabs count everything and leave out what there is none of', () => {
  expect(tabsOf({ sent: 10, failed: 2, queued: 0 }, undefined)).toEqual([
    { status: 'all', count: 12 },
    { status: 'sent', count: 10 },
    { status: 'failed', count: 2 },
  ])
})

test('the chosen tab stays, though it is empty', () => {
  expect(tabsOf({ sent: 1 }, 'unknown').at(-1)).toEqual({ status: 'unknown', count: 0 })
})

test('a message is as far as its furthest receipt, and a bad one comes first', () => {
  const at = 0
  expect(furthest([])).toBeNull()
  expect(
    furthest([
      { kind: 'delivered', at },
      { kind: 'clicked', at },
    ]),
  ).toBe('clicked')
  expect(
    furthest([
      { kind: 'delivered', at },
      { kind: 'failed', at },
    ]),
  ).toBe('failed')
})
