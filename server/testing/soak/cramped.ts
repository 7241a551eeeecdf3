import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { memberId, openWorld } from '../../bench/world.ts'
import { brandPath, openDatabase } from '../../store/sqlite/database.ts'
import { addHistory } from '../../store/sqlite/seed.ts'
import { fill, filled, mountSmall } from './full.ts'
import { changes, untilReady } from './locked.ts'
import { beginServer, type Server } from './server.ts'
import { type Figure, none, type Situation, told } from './situation.ts'

const members = 20_000
const imported = 300_000
const second = 1000
const megabyte = 1024 * 1024

function seed(path: string): void {
  const db = openWorld(path, members)
  const orders = Array.from({ length: members }, (_, nth) => ({
    ...{ id: `o${nth}`, customerId: memberId(nth), name: 'order', at: nth, amount: 100 + nth, properties: {} },
  }))
  addHistory(db, orders)
  db.close()
}

interface Answered {
  readonly said: string
  readonly ms: number
  readonly body: Record<string, unknown>
}

async function call({ url }: Server, method: string, path: string, body?: object | FormData): Promise<Answered> {
  const began = performance.now()
  const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const sent = body === undefined ? {} : body instanceof FormData ? { body } : json
  const answer = await fetch(`${url}${path.startsWith('/') ? path : `/api/v1/brands/own/${path}`}`, { method, ...sent })
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

const is = (name: string, value: string, asked: string): Figure => ({ name, value, asked, ok: value === asked })

function csvOf(path: string, prefix: string, rows: number): void {
  const line = (_: unknown, nth: number) => `${prefix}${nth},客户${nth},${13_000_000_000 + nth},城市${nth % 90}`
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
    is('a change while the copy has no room', put.said, '200'),
    is('a count then', refused.said, '503 copy-no-room'),
    told('  answered in', `${refused.ms.toFixed(0)} ms`),
    { name: '  the health then', value: sign, asked: 'copy-silent', ok: sign.includes('copy-silent') },
    is('  and with room again', gone, ''),
    is('a count with room again', again.said, `200 of ${members + 1}`),
    none('customers lost', members + 1 - rowsOf(path, 'select count(*) from customers')),
  ]
}

async function begin(server: Server, file: string): Promise<string> {
  const form = new FormData()
  form.set('kind', 'customers')
  form.set('file', await import('node:fs').then(({ openAsBlob }) => openAsBlob(file)), 'members.csv')
  const { body, said } = await call(server, 'POST', 'imports', form)
  return typeof body.id === 'string' ? body.id : said
}

const stateOf = async (server: Server, id: string) => {
  const { body, said } = await call(server, 'GET', `imports/${id}`)
  return body.state === undefined ? said : `${body.state} ${JSON.stringify(body.problem)}`
}

/** The disk fills while a file is read in. */
async function importing(server: Server, path: string, folder: string, filler: string): Promise<Figure[]> {
  const file = join(folder, 'import.csv')
  csvOf(file, 'i', imported)
  const id = await begin(server, file)
  await until(async () => JSON.stringify((await call(server, 'GET', `imports/${id}`)).body.progress ?? {}), /"done":[1-9]/, 60)
  await filled(server, filler)
  const state = await until(() => stateOf(server, id), /^(done|failed)/, 60)
  const page = await call(server, 'GET', 'customers?limit=5')
  const settings = await call(server, 'PUT', 'settings/brand', { name: { 'zh-CN': '改名' } })
  const health = await unwell(server)
  rmSync(filler)
  const ready = await untilReady(server)
  const after = await until(() => stateOf(server, id), /^(done|failed)/, 30)
  const sound = rowsOf(path, 'select count(*) from pragma_integrity_check where integrity_check <> \'ok\'')
  const second_ = await begin(server, file)
  const again = await until(() => stateOf(server, second_), /^(done|failed)/, 120)
  return [
    told('an import while the disk fills', state),
    told('  after there is room again', after),
    is('  a page meanwhile', page.said, '200'),
    told('  settings meanwhile', settings.said),
    told('  health meanwhile', health),
    ready,
    none('faults of the file', sound),
    told('the same file again', again),
    told('customers then', rowsOf(path, 'select count(*) from customers')),
    told('files left of imports', readdirSync(join(folder, 'imports')).join(' ')),
  ]
}

/** A copy that is cut in half while it is open, and while nobody has it open. */
async function cut(server: Server, path: string): Promise<Figure[]> {
  const copy = `${path}.copy`
  const before = await until(async () => (await counted(server)).said, /^200/, 60)
  truncateSync(copy, Math.floor(statSync(copy).size / 2))
  await call(server, 'PUT', 'customers/new-2', { name: '又一位' })
  const after = await until(async () => (await counted(server)).said, /^200/, 60)
  return [told('a count before the copy is cut', before), told('after it is cut while open', after)]
}

export const cramped: Situation = {
  about: 'A small disk fills while the copy is fed, while a file is read in and while pages count; the copy cut in half',
  async run({ folder, say }) {
    const data = join(folder, 'small')
    mkdirSync(data)
    if (!mountSmall(data, '760m')) return [told('a small disk', 'may not be mounted here: skipped')]
    const path = brandPath(data, 'own')
    const filler = join(data, 'filler')
    try {
      seed(path)
      const server = await beginServer({ data, env: { MAGPIE_MODE: 'live' } })
      try {
        say('pages alone')
        const figures = await pagesAlone(server, path, filler)
        say('an import')
        figures.push(...(await importing(server, path, data, filler)))
        say('the copy is cut')
        figures.push(...(await cut(server, path)))
        process.stdout.write(server.output().slice(-6000))
        return figures
      } finally {
        server.child.kill('SIGKILL')
      }
    } finally {
      execFileSync('umount', ['-l', data])
    }
  },
}
void [spawnSync, existsSync, fill, changes]
