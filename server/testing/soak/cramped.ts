import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, openAsBlob, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { z } from 'zod'
import { memberId, openWorld } from '../../bench/world.ts'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { addHistory, sealDatabase } from '../../store/sqlite/seed.ts'
import { fill, filled, mountSmall } from './full.ts'
import { changes, refusals, untilReady } from './locked.ts'
import { beginServer, type Server } from './server.ts'
import { type Figure, none, type Situation, told } from './situation.ts'

const members = 20_000
const imported = 300_000
const second = 1000
const megabyte = 1024 * 1024

function seed(path: string): void {
  const db = openWorld(path, members)
  const orders = Array.from({ length: members }, (_, nth) => ({
    ...{
      id: `o${nth}`,
      customerId: memberId(nth),
      name: 'order',
      at: nth,
      amount: 100 + nth,
      properties: {},
    },
  }))
  addHistory(db, orders)
  db.close()
}

interface Answered {
  readonly said: string
  readonly ms: number
  readonly body: Record<string, unknown>
}

async function call(
  { url }: Server,
  method: string,
  path: string,
  body?: object | FormData,
): Promise<Answered> {
  const began = performance.now()
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const sent = body === undefined ? {} : body instanceof FormData ? { body } : json
  const answer = await fetch(`${url}${path.startsWith('/') ? path : `/api/v1/brands/own/${path}`}`, {
    method,
    ...sent,
  })
  const text = await answer.text()
  const read: Record<string, unknown> = text.startsWith('{') ? JSON.parse(text) : {}
  const code = typeof read.code === 'string' ? ` ${read.code}` : ''
  return { said: `${answer.status}${code}`, ms: performance.now() - began, body: read }
}

const everybody = { condition: { kind: 'attribute', name: 'customer_id', op: 'is_set' } }
const counted = async (server: Server): Promise<Answered> => {
  const answer = await call(server, 'POST', 'audiences/count', everybody)
  return { ...answer, said: answer.said === '200' ? `200 of ${answer.body.of}` : answer.said }
}

async function unwell(server: Server): Promise<string> {
  const { body } = await call(server, 'GET', '/healthz')
  const signs = Array.isArray(body.signs) ? body.signs : []
  return signs.map(({ name }: { name: string }) => name).join(' ')
}

/** Asks until it is answered so; how long that took. */
async function until(ask: () => Promise<string>, wanted: string | RegExp, seconds: number): Promise<string> {
  const began = performance.now()
  let said = ''
  while (performance.now() - began < seconds * second) {
    said = await ask()
    if (typeof wanted === 'string' ? said === wanted : wanted.test(said)) return said
    await rest(200)
  }
  return said
}

const is = (name: string, value: string, asked: string): Figure => ({
  name,
  value,
  asked,
  ok: value === asked,
})

function csvOf(path: string, prefix: string, rows: number): void {
  const line = (_: unknown, nth: number) =>
    `${prefix}${nth},客户${nth},${13_000_000_000 + nth},城市${nth % 90}`
  writeFileSync(path, `customer_id,name,phone,city\n${Array.from({ length: rows }, line).join('\n')}\n`)
}

/** Leaves so many bytes free on the disk of a folder. */
function leave(filler: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(join(filler, '..'))
  const more = bavail * bsize - bytes
  if (more <= 0) return
  const chunk = Buffer.alloc(megabyte)
  for (let done = 0; done + megabyte <= more; done += megabyte) writeFileSync(filler, chunk, { flag: 'a' })
}

const rowsOf = (path: string, sql: string): number => {
  const db = openDatabase(path, { readonly: true })
  const n = db.sqlite.prepare<[], number>(sql).pluck().get() ?? 0
  db.close()
  return n
}

/** Pages alone meet a disk on which the copy has no room: refused at once, shown, and over by itself. */
async function pagesAlone(server: Server, path: string, filler: string): Promise<Figure[]> {
  const fine = await counted(server)
  leave(filler, 400 * megabyte)
  const put = await call(server, 'PUT', 'customers/new-1', { name: '新客' })
  const refused = await counted(server)
  const sign = await until(() => unwell(server), /copy-silent/, 15)
  rmSync(filler)
  const gone = await until(() => unwell(server), '', 90)
  const again = await counted(server)
  return [
    is('a count with room', fine.said, `200 of ${members}`),
    is('a change while the copy has no room', put.said, '201'),
    is('a count then', refused.said, '503 copy-no-room'),
    told('  answered in', `${refused.ms.toFixed(0)} ms`),
    { name: '  the health then', value: sign, asked: 'copy-silent', ok: sign.includes('copy-silent') },
    is('  and with room again', gone, ''),
    is('a count with room again', again.said, `200 of ${members + 1}`),
    none('customers lost', members + 1 - rowsOf(path, 'select count(*) from customers')),
  ]
}

/** Begins to read a file in; its id. */
async function begin(server: Server, file: string): Promise<string> {
  const form = new FormData()
  form.set('kind', 'customers')
  form.set('file', await openAsBlob(file), 'members.csv')
  const { body, said } = await call(server, 'POST', 'imports', form)
  return typeof body.id === 'string' ? body.id : said
}

const readSchema = z.object({ state: z.string(), problem: z.string().nullable(), imported: z.int() })
const ended = /^(?:done|failed)/

async function stateOf(server: Server, id: string): Promise<string> {
  const { state, problem, imported } = readSchema.parse((await call(server, 'GET', `imports/${id}`)).body)
  return state === 'running' ? (imported > 0 ? 'midway' : 'begun') : `${state} ${problem ?? imported}`
}

const customersOf = (path: string, like: string) =>
  rowsOf(path, `select count(*) from customers where id like '${like}'`)
const unsound = (path: string) =>
  rowsOf(path, `select count(*) from pragma_integrity_check where integrity_check <> 'ok'`)

/** The disk fills while a file is read in. */
async function importing(server: Server, path: string, { folder, filler }: Place): Promise<Figure[]> {
  const file = join(folder, 'import.csv')
  csvOf(file, 'i', imported)
  const id = await begin(server, file)
  await until(() => stateOf(server, id), /^(?:midway|done|failed)/, 60)
  await filled(server, filler)
  const state = await until(() => stateOf(server, id), ended, 60)
  const meanwhile = await changes(server, 5 * second)
  const page = await call(server, 'GET', 'customers?limit=5')
  const health = await unwell(server)
  rmSync(filler)
  const ready = await untilReady(server)
  const kept = await until(() => stateOf(server, id), ended, 30)
  const again = await until(stateAfter(server, await begin(server, file)), ended, 240)
  return [
    is('an import while the disk fills', state.slice(0, 6), 'failed'),
    is('  as it is kept', kept, state),
    ...refusals(meanwhile, '503 disk-full'),
    is('  a page meanwhile', page.said, '200'),
    { name: '  the health meanwhile', value: health, asked: 'disk-full', ok: health.includes('disk-full') },
    ready,
    none('faults of the file', unsound(path)),
    is('the same file again', again.slice(0, 4), 'done'),
    is('customers of it then', String(customersOf(path, 'i%')), String(imported)),
  ]
}

const stateAfter = (server: Server, id: string) => () => stateOf(server, id)

/** An import that a person ends midway: what is in is whole, and the rest comes with the file another time. */
async function cancelled(server: Server, path: string, { folder }: Place): Promise<Figure[]> {
  const file = join(folder, 'cancelled.csv')
  csvOf(file, 'c', imported)
  const id = await begin(server, file)
  await until(() => stateOf(server, id), /^(?:midway|done|failed)/, 60)
  const asked = await call(server, 'DELETE', `imports/${id}`)
  const state = await until(() => stateOf(server, id), ended, 60)
  const there = customersOf(path, 'c%')
  return [
    is('an import ended midway', asked.said, '204'),
    { name: '  its state', value: state, asked: 'failed', ok: state.startsWith('failed') },
    { name: '  rows that are in', value: there, asked: 'some', ok: there > 0 && there < imported },
    none('  faults of the file', unsound(path)),
  ]
}

/** A copy that is cut in half while it is open, and while nobody has it open. */
async function cut(server: Server, path: string): Promise<Figure[]> {
  const copy = `${path}.copy`
  const whole = async () => `200 of ${customersOf(path, '%')}`
  const count = async () => (await counted(server)).said
  const before = await until(count, await whole(), 60)
  truncateSync(copy, Math.floor(statSync(copy).size / 2))
  await call(server, 'PUT', 'customers/new-2', { name: '又一位' })
  const after = await until(count, await whole(), 90)
  return [is('a count', before, before), is('a count after the copy was cut in half', after, await whole())]
}

/** By the command line, on a disk that is full. */
function byCommand({ folder, filler }: Place, path: string): Figure[] {
  const file = join(folder, 'import.csv')
  const run = () =>
    spawnSync(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', 'import', file, '--data', folder], {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'en' },
    })
  const before = customersOf(path, 'i%')
  csvOf(file, 'i', imported * 2)
  fill(filler)
  const refused = run()
  rmSync(filler)
  const taken = run()
  return [
    is('an import by command on a full disk', String(refused.status), '1'),
    {
      name: '  what it says',
      value: refused.stderr.slice(-160),
      asked: 'disk-full',
      ok: refused.stderr.includes('disk-full'),
    },
    none('  faults of the file', unsound(path)),
    { name: '  customers before', value: before, ok: true },
    is('  with room again', String(taken.status), '0'),
    is('  customers then', String(customersOf(path, 'i%')), String(imported * 2)),
  ]
}

interface Place {
  readonly folder: string
  readonly filler: string
}

export const cramped: Situation = {
  about:
    'A small disk fills while pages count, while a file is read in and by the command line; the copy cut in half',
  async run({ folder: stage, say }) {
    const folder = join(stage, 'small')
    mkdirSync(folder)
    if (!mountSmall(folder, '1400m')) return [told('a small disk', 'may not be mounted here: skipped')]
    const path = brandPath(folder, 'own')
    const place = { folder, filler: join(folder, 'filler') }
    const figures: Figure[] = []
    try {
      seed(path)
      seedDemoFile(brandPath(folder, 'demo'), { members: 50 }, sealDatabase)
      const server = await beginServer({ data: folder, env: { MAGPIE_MODE: 'live' } })
      try {
        say('pages alone')
        figures.push(...(await pagesAlone(server, path, place.filler)))
        say('an import')
        figures.push(...(await importing(server, path, place)))
        say('an import that is ended')
        figures.push(...(await cancelled(server, path, place)))
        say('the copy is cut')
        figures.push(...(await cut(server, path)))
        await server.end()
      } finally {
        server.child.kill('SIGKILL')
      }
      say('the command line')
      figures.push(...byCommand(place, path))
    } finally {
      execFileSync('umount', ['-l', folder])
    }
    return figures
  },
}
