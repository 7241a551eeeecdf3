import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../http/harness.ts'
import { writesTo } from '../http/writes.ts'
import { Brand } from './brand.ts'
import { readDescription } from './document.ts'
import { pool } from './pool.ts'
import { type FuzzRequest, requestsOf } from './requests.ts'
import { requestsOfRun, seeds } from './seeds.ts'
import { faultOf } from './verdict.ts'

let server: TestApp
let brand: Brand
beforeEach(async () => {
  server = await openTestApp()
  brand = new Brand(server)
})
afterEach(() => server.close())

/** How a request is told, so that it can be asked again by hand. */
function told({ method, url, headers, payload }: FuzzRequest): string {
  const body = payload === null ? '' : ` ${String(payload).slice(0, 2000)}`
  return `${method} ${url} ${JSON.stringify(headers)}${body}`
}

/** Waits until nothing has been written for a while. */
async function still(written: () => number): Promise<void> {
  for (let before = -1; before !== written(); await pause(100)) before = written()
}

/** Doors that only what nobody guesses opens: a code, a token, a signature. */
const sealed = /^\/(?:[alour]|hooks)\//

/** After so many requests what they have deleted or stopped is there again. */
const renewedAfter = 200

describe('whatever is asked of the API', () => {
  test.each(seeds)(
    'is answered as its description says, changes nothing where it is refused, and harms nothing: seed %i',
    async (seed) => {
      const description = readDescription((await server.ask('GET', '/api/openapi.json')).body)
      const requests = fc.sample(requestsOf(description, pool), { seed, numRuns: requestsOfRun })
      const committed = writesTo(server.db.path)
      const noted = server.db.sqlite
        .prepare<[], number>('select coalesce(sum(count), 0) from refused_rows')
        .pluck()
      /** What was written but for the note that rows were refused, which is the only trace that they leave. */
      let notes = 0
      let known = noted.get()
      const written = () => {
        const now = noted.get()
        if (now !== known) notes += 1
        known = now
        return committed() - notes
      }
      const faults: string[] = []
      let taken = 0
      let open = 0
      // What was begun before may have been written meanwhile: it is asked again once all is still.
      const writesAgain = async (request: FuzzRequest, index: number) => {
        await still(written)
        const before = written()
        return (await brand.send(request, index)).status >= 400 && written() !== before
      }
      for (const [index, raw] of requests.entries()) {
        if (index % renewedAfter === 0) await brand.renew()
        const request = await brand.meant(raw)
        const before = written()
        const answer = await brand.send(request, index)
        if (!sealed.test(request.operation.path)) {
          open += 1
          if (answer.status < 400) taken += 1
        }
        const fault = faultOf(request, answer)
        if (fault !== null) faults.push(`${fault}: ${told(request)}`)
        else if (answer.status >= 400 && written() !== before && (await writesAgain(request, index)))
          faults.push(`refused (${answer.status}) and wrote: ${told(request)}`)
      }
      expect(faults.slice(0, 20)).toEqual([])
      expect(taken, 'requests come further than the door').toBeGreaterThan(open / 3)
      await brand.expectToWork()
    },
    240_000,
  )
})
