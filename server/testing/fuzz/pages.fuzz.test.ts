import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../http/harness.ts'
import { seeds } from './seeds.ts'

let server: TestApp
const folder = mkdtempSync(join(tmpdir(), 'magpie-pages-'))
beforeAll(async () => {
  const web = join(folder, 'web')
  mkdirSync(join(web, 'assets', 'folder.js'), { recursive: true })
  for (const name of ['index.html', 'assets/app.js', 'assets/空 格.png'])
    writeFileSync(join(web, name), 'page')
  writeFileSync(join(folder, 'secret.txt'), 'nobody may read this')
  server = await openTestApp({ webRoot: web })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const pieces = fc.constantFrom(
  ...['assets', 'app.js', 'index.html', 'folder.js', 'journeys', 'api', 'v1', 'brands', 'own', 'u', 'hooks'],
  ...[
    'healthz',
    'metrics',
    '..',
    '.',
    '%2e%2e',
    '..%2f',
    '%2f',
    '%5c',
    '%00',
    '%',
    '%zz',
    '%E0%A4%A',
    '%ff.js',
  ],
  ...['secret.txt', '~', '.git', 'a.b', 'x'.repeat(300), '%E7%A9%BA%20%E6%A0%BC.png', ';a=b', '@', ':', '*'],
)
const paths = fc
  .tuple(
    fc.array(fc.oneof({ weight: 6, arbitrary: pieces }, { weight: 1, arbitrary: fc.webSegment() }), {
      maxLength: 7,
    }),
    fc.constantFrom('', '/', '//', '?', '?a=%', '?%00=1', '#x', '/.', '/..'),
    fc.constantFrom('/', '//', '/./', '/%2f'),
  )
  .map(([parts, end, join]) => `/${parts.join(join)}${end}`)

const requests = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'),
  path: paths,
  headers: fc.record(
    {
      range: fc.constantFrom('bytes=0-1', 'bytes=9-1', 'bytes=-', 'lines=1', 'bytes=0-99999999999999999999'),
      'if-none-match': fc.constantFrom('*', '"x"', 'W/"', '"'),
      'if-modified-since': fc.constantFrom('x', 'Thu, 01 Jan 1970 00:00:00 GMT', '9'.repeat(50)),
      'accept-encoding': fc.constantFrom('gzip', '*;q=0', ';;', 'br;q=2'),
      'accept-language': fc.constantFrom('zh', '%', ';;;'),
    },
    { requiredKeys: [] },
  ),
})

describe('whatever address is asked for', () => {
  test.each(seeds)('is a page, a file or a problem, and nothing outside the pages: seed %i', async (seed) => {
    const faults: string[] = []
    for (const { method, path, headers } of fc.sample(requests, { seed, numRuns: 1500 })) {
      const answer = await server.app.inject({ method: method as 'GET', url: path, headers })
      if (answer.statusCode >= 500 || answer.body.includes('nobody may read this'))
        faults.push(
          `${answer.statusCode} ${method} ${path} ${JSON.stringify(headers)} ${answer.body.slice(0, 200)}`,
        )
    }
    expect(faults.slice(0, 20)).toEqual([])
    expect((await server.app.inject('/journeys/x')).body).toBe('page')
    expect((await server.app.inject('/assets/app.js')).body).toBe('page')
  })
})
