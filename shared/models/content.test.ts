import { expect, test } from 'vitest'
import { contentMoves, contentsOf } from './content.ts'
import { featureNames } from './propensity.ts'
import { noTouches, type Touched } from './touches.ts'

const model = {
  intercept: -2,
  weights: featureNames.map((name) => (name === 'clicks' ? 1.5 : name === 'visits' ? 0.4 : 0)),
  means: featureNames.map(() => 0),
  spreads: featureNames.map(() => 1),
}
/** A rank for each hundredth of probability. */
const cuts = Array.from({ length: 99 }, (_, at) => (at + 1) / 100)
const standing = {
  ...{ orders: 1, reduced: 0, days: 1, first: 0, last: 0, worth: 1, firstWorth: 1 },
  ...{ recent: 0, seasons: 0, weekends: 0, visits: 5, carts: 0, opens: 1, clicks: 3 },
}
const known = { standing, until: 10 }
const touched = (content: Touched['content'], key: string, more: Partial<Touched>): Touched => ({
  ...{ content, key, ...noTouches },
  ...more,
})
const places = new Map([
  ['7', { journeyId: 'qixi', node: 'push' }],
  ['8', { journeyId: 'qixi', node: 'push' }],
])

test('messages of one node count as one content, and those that are gone as none', () => {
  const found = contentsOf(
    [
      touched('message', '7', { clicks: 1 }),
      touched('page', '茶', { visits: 2 }),
      touched('message', '8', { clicks: 2, opens: 1 }),
      touched('message', '9', { clicks: 9 }),
    ],
    places,
  )
  expect(found).toEqual([
    {
      content: { kind: 'message', journeyId: 'qixi', node: 'push' },
      ...{ visits: 0, carts: 0, opens: 1, clicks: 3 },
    },
    { content: { kind: 'page', name: '茶' }, visits: 2, carts: 0, opens: 0, clicks: 0 },
  ])
})

test('what moved a rank most stands first, with what the rank would be without it', () => {
  const contents = contentsOf(
    [touched('page', '茶', { visits: 5 }), touched('message', '7', { clicks: 3, opens: 1 })],
    places,
  )
  const moves = contentMoves({ model, cuts }, known, contents)
  expect(moves.map(({ content }) => content.kind)).toEqual(['message', 'page'])
  const [clicked, looked] = moves
  expect(clicked?.without).toBeLessThan(looked?.without ?? 0)
})

test('what was only opened moved nothing where opening tells nothing', () => {
  const contents = contentsOf([touched('message', '7', { opens: 1 })], places)
  expect(contentMoves({ model, cuts }, known, contents)).toEqual([])
})
