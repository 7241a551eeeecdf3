import { describe, expect, test } from 'vitest'
import { importProblem, roomOf } from './rooms.ts'
import { importsOf, sources } from './source.ts'

const value = (from: string) => ({ from, typeOnly: false })
const type = (from: string) => ({ from, typeOnly: true })

describe('who may import what', () => {
  test('every import stays within what its room may enter', () => {
    const problems = sources.flatMap((source) =>
      importsOf(source).flatMap((found) => {
        const problem = importProblem(source.path, found)
        return problem === undefined ? [] : [`${source.path}: '${found.from}': ${problem}`]
      }),
    )
    expect(problems).toEqual([])
  })

  test('every file stands in a room of the house', () => {
    expect(sources.map(({ path }) => path).filter((path) => roomOf(path) === undefined)).toEqual([])
  })

  test.each([
    ['shared entering the server', 'shared/run/step.ts', value('../../server/store/sqlite/database.ts')],
    ['shared using a node: module', 'shared/run/step.ts', value('node:fs')],
    ['the server entering the web', 'server/routes/journeys.ts', value('../../web/store/index.ts')],
    ['the web entering the server', 'web/pages/a.tsx', type('../../server/app.ts')],
    ['a node type using its sibling', 'shared/nodes/wait.ts', value('./send.ts')],
    ['conditions knowing nodes', 'shared/conditions/evaluate.ts', value('../nodes/index.ts')],
    ['the compiler knowing the run', 'shared/compile/check.ts', value('../run/step.ts')],
    ['SQL outside the store', 'server/engine/round.ts', value('drizzle-orm/sqlite-core')],
    ['the engine using a channel', 'server/engine/round.ts', value('../channels/sms.ts')],
    ['a route using a channel', 'server/routes/send.ts', value('../channels/sms.ts')],
    ['a route reaching for the store', 'server/routes/send.ts', type('../store/sqlite/database.ts')],
    ['a use case reaching for the store', 'server/journeys/life.ts', type('../store/sqlite/database.ts')],
    ['a command using the engine', 'server/cli/rehearse.ts', value('../engine/engine.ts')],
    ['a route reaching for the engine', 'server/routes/preview.ts', value('../engine/facts.ts')],
    ['the sandbox reaching for the engine', 'server/sandbox/move.ts', type('../engine/engine.ts')],
    ['dispatch using the engine', 'server/dispatch/dispatch.ts', value('../engine/engine.ts')],
    ['a use case knowing a request', 'server/journeys/life.ts', type('../http/app.ts')],
    ['a port knowing the engine', 'server/ports/engine.ts', type('../engine/engine.ts')],
    ['the store knowing the engine', 'server/store/sqlite/seed.ts', type('../../engine/engine.ts')],
    ['the canvas reaching into one card', 'web/canvas/Canvas.tsx', value('../nodes/wait.tsx')],
    ['a card reaching for a page', 'web/nodes/wait.tsx', value('../pages/journeys/List.tsx')],
    ['the product using a test double', 'server/channels/sms.ts', value('../testing/peers/x.ts')],
    ['the driver of one Node alone', 'server/store/sqlite/lock.ts', value('better-sqlite3')],
    ['a shared test entering the server', 'shared/run/step.test.ts', value('../../server/app.ts')],
  ])('%s is found', (_case, path, found) => {
    expect(importProblem(path, found)).toBeDefined()
  })

  test.each([
    [
      'the engine taking a channel as an interface',
      'server/dispatch/dispatch.ts',
      type('../channels/channel.ts'),
    ],
    ['a node type using the conditions', 'shared/nodes/branch.ts', value('../conditions/evaluate.ts')],
    ['the registry listing a node type', 'shared/nodes/index.ts', value('./wait.ts')],
    ['the canvas using the list of cards', 'web/canvas/Canvas.tsx', value('../nodes/index.ts')],
    ['a test reading a file', 'shared/run/step.test.ts', value('node:fs')],
  ])('%s is allowed', (_case, path, found) => {
    expect(importProblem(path, found)).toBeUndefined()
  })

  test('imports are read in every form', () => {
    const text = [
      "import type { A } from './a.ts'",
      "import { type B, c } from './b.ts'",
      "import { type D } from './d.ts'",
      "import './side.css'",
      "export * from './e.ts'",
      "export { f } from './f.ts'",
      "const later = () => import('./g.ts')",
      "type H = import('./h.ts').H",
    ].join('\n')
    const found = importsOf({ path: 'sample.ts', text })
    expect(found.toSorted((left, right) => left.from.localeCompare(right.from))).toEqual([
      type('./a.ts'),
      value('./b.ts'),
      type('./d.ts'),
      value('./e.ts'),
      value('./f.ts'),
      value('./g.ts'),
      type('./h.ts'),
      value('./side.css'),
    ])
  })
})
