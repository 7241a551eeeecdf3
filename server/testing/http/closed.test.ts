import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { openTestApp } from './harness.ts'

setFlagsFromString('--expose_gc')
const collect: () => void = runInNewContext('gc')

/** Opens a server, uses it, closes it, and keeps nothing of it. */
async function once() {
  const server = await openTestApp()
  expect((await server.ask('GET', '/journeys')).status).toBe(200)
  const held = {
    application: new WeakRef(server.app),
    brand: new WeakRef(server.own),
    database: new WeakRef(server.db),
  }
  await server.close()
  return held
}

test('a server that was closed is held by nothing of the process', async () => {
  const all = [await once(), await once()]
  const left = () =>
    all.flatMap((held) => Object.entries(held).flatMap(([what, ref]) => (ref.deref() ? [what] : [])))
  for (let round = 0; round < 40 && left().length > 0; round++) {
    await pause(25)
    collect()
  }
  expect(left()).toEqual([])
})
