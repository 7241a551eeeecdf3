import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { openCrashBrand } from '../testing/crash/brand.ts'
import { type ImportDesk, Imports } from './imports.ts'

let folder: string
let brand: BrandRuntime

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-imports-'))
  const at = Date.parse('2027-03-01T10:00:00+08:00')
  const start = {
    path: join(folder, 'own.sqlite'),
    clock: { from: at, since: Date.now(), speed: 1 },
    log: '',
  }
  brand = await openCrashBrand(start, { level: 'error', to: pino.destination(2) })
})

afterEach(async () => {
  await brand.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['has been read in', 'customer_id,name\nm1,王芳\n', 'done'],
  ['could not be read', 'PK\u0003\u0004 a workbook', 'failed'],
])('a file that %s is gone before anybody is told that its import has ended', async (_, text, state) => {
  const source = join(folder, 'list.csv')
  writeFileSync(source, text)
  const there: boolean[] = []
  const kept = brand.stores.imports
  const end: typeof kept.end = (act, answer) => {
    there.push(existsSync(source))
    return kept.end(act, answer)
  }
  const desk: ImportDesk = Object.assign(Object.create(brand), {
    stores: { ...brand.stores, imports: { ...kept, end } },
  })
  const imports = new Imports()
  await imports.begin(desk, terminalActor, {
    ...{ id: 'list', kind: 'customers', source, name: 'list.csv', locale: 'en' },
  })
  while ((await imports.find(desk, 'list')).state === 'running') await rest(10)
  expect(there).toEqual([false])
  expect(await imports.find(desk, 'list')).toMatchObject({ state })
})

test.each([
  ['done', 'customer_id,name\nm1,王芳\n'],
  ['failed', 'PK\u0003\u0004 a workbook'],
])(
  'an import that is %s while the disk is full says so at once, and the row when there is room again',
  async (state, text) => {
    const source = join(folder, 'list.csv')
    writeFileSync(source, text)
    let full = true
    let tries = 0
    const kept = brand.stores.imports
    const end: typeof kept.end = (act, answer) => {
      tries += 1
      return full
        ? Promise.reject(new Problem('disk-full', { file: 'own.sqlite', detail: 'SQLITE_FULL' }))
        : kept.end(act, answer)
    }
    const desk: ImportDesk = Object.assign(Object.create(brand), {
      stores: { ...brand.stores, imports: { ...kept, end } },
    })
    const imports = new Imports()
    await imports.begin(desk, terminalActor, {
      ...{ id: 'list', kind: 'customers', source, name: 'list.csv', locale: 'en' },
    })
    const seen = async () => (await imports.find(desk, 'list')).state
    await expect.poll(seen, { timeout: 20_000 }).toBe(state)
    expect(tries).toBeGreaterThan(0)
    expect(await kept.find('list')).toMatchObject({ state: 'running' })
    // It has ended: there is nothing to cancel.
    await imports.cancel(desk, terminalActor, { id: 'list' })
    full = false
    await expect.poll(async () => (await kept.find('list'))?.state, { timeout: 20_000 }).toBe(state)
    expect(await seen()).toBe(state)
  },
)

test('an import whose end could not be written holds up nobody who ends', async () => {
  const source = join(folder, 'list.csv')
  writeFileSync(source, 'customer_id,name\nm1,王芳\n')
  const end = () => Promise.reject(new Problem('disk-full', { file: 'own.sqlite', detail: 'SQLITE_FULL' }))
  const desk: ImportDesk = Object.assign(Object.create(brand), {
    stores: { ...brand.stores, imports: { ...brand.stores.imports, end } },
  })
  const imports = new Imports()
  await imports.begin(desk, terminalActor, {
    ...{ id: 'list', kind: 'customers', source, name: 'list.csv', locale: 'en' },
  })
  await expect.poll(async () => (await imports.find(desk, 'list')).state, { timeout: 20_000 }).toBe('done')
  await imports.stop()
  await new Imports().endInterrupted(brand)
  expect(await brand.stores.imports.find('list')).toMatchObject({ state: 'failed' })
})
