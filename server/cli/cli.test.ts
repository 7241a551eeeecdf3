import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { z } from 'zod'
import { rehearsalReport } from '../../shared/api/rehearsal.ts'
import { parseJourney } from '../../shared/journey/file.ts'
import { importOrigin } from '../../shared/origins/kinds.ts'
import { addAudience } from '../store/sqlite/audiences/audiences.ts'
import { customerSaver } from '../store/sqlite/customers/customers.ts'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { Database } from '../store/sqlite/driver.ts'
import { createJourney } from '../store/sqlite/journeys/journeys.ts'
import { lockData } from '../store/sqlite/lock.ts'
import { runCli } from './index.ts'

const aFile = importOrigin('customers.csv', '')

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
const loader = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href
const qixi = join(root, 'templates', 'qixi-gift-box.journey.json')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-cli-'))
  mkdirSync(join(folder, 'tmp'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function magpie(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, LC_ALL: 'C', TMPDIR: join(folder, 'tmp') }
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      ['--import', loader, join(root, 'server', 'cli', 'main.ts'), ...args],
      { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout, stderr) => settle({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

/** The same without a process of its own, in Chinese. */
async function inProcess(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  const code = await runCli(args, {
    interactive: false,
    locale: 'zh-CN',
    out: (text) => {
      said.stdout += text
    },
    err: (text) => {
      said.stderr += text
    },
  })
  return { code, ...said }
}

/** Writes a file into the test's folder. */
function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const json = (text: string): unknown => JSON.parse(text)
const scratch = () => readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('magpie-'))

/** Everybody known at the start gets one SMS and has reached the end. */
const greeting = {
  format: 1,
  id: 'greeting',
  name: { en: 'Greeting' },
  nodes: {
    all: {
      type: 'audience_at',
      name: { en: 'All' },
      config: {
        audience: { kind: 'attribute', name: 'customer_id', op: 'is_set' },
        at: { kind: 'date', date: '2026-08-05', time: '10:00' },
      },
    },
    hello: {
      type: 'send',
      name: { en: 'Hello' },
      config: { channel: 'sms', text: { en: 'Hello from the bridge' } },
    },
    end: { type: 'exit', name: { en: 'End' }, config: {} },
  },
  edges: { all: { entered: 'hello' }, hello: { sent: 'end', not_sent: 'end' } },
}
const members = 'customer_id,name,phone\n1,织女,19900000001\n2,牛郎,\n'
const orders = 'order_id,customer_id,ordered_at,amount\nA,1,2025-08-20,129.70\nB,9,2025-08-21,8\n'

describe('validate', () => {
  test('answers ok for a template, and 0', async () => {
    const { code, stdout } = await magpie('validate', qixi, '--json')
    expect(json(stdout)).toMatchObject({ ok: true })
    expect(code).toBe(0)
  })

  test('states how long a passage takes and the most messages that one customer can get', async () => {
    const { stdout } = await magpie('validate', qixi, '--json')
    expect(json(stdout)).toMatchObject({
      proof: { longestPassageMs: 35 * 86_400_000, mostMessages: 5, mostMessagesInDay: 1 },
    })
    const said = (await magpie('validate', qixi)).stdout
    expect(said).toMatch(/14 days 14 hours at least, 35 days at most|最短 14 天 14 小时，最长 35 天/)
    expect(said).toMatch(/1 at most in a day|一天里最多 1 条/)
  })

  test('refuses a loop through a day that may be past', async () => {
    const nodes = {
      ...greeting.nodes,
      eve: {
        type: 'wait',
        name: { en: 'Eve' },
        config: { until: { kind: 'festival', festival: 'qixi', days: 0, time: '10:00' }, maxVisits: 99 },
      },
    }
    const edges = {
      ...greeting.edges,
      hello: { sent: 'eve', not_sent: 'eve' },
      eve: { done: 'hello', limit: 'end' },
    }
    const file = put('round.json', JSON.stringify({ ...greeting, nodes, edges }))
    const { code, stdout } = await magpie('validate', file, '--json')
    expect(code).toBe(1)
    expect(json(stdout)).toMatchObject({
      diagnostics: expect.arrayContaining([
        expect.objectContaining({ code: 'loop-may-not-wait', node: 'eve' }),
      ]),
    })
  })

  test('lists what is wrong with the graph, and answers 1', async () => {
    const file = put('open.json', JSON.stringify({ ...greeting, edges: { all: { entered: 'hello' } } }))
    const { code, stdout } = await magpie('validate', file, '--json')
    expect(code).toBe(1)
    expect(json(stdout)).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          code: 'dangling-port',
          severity: 'error',
          node: 'hello',
          field: 'ports.sent',
          message: { 'zh-CN': expect.any(String), en: expect.any(String) },
          mend: { 'zh-CN': expect.any(String), en: expect.any(String) },
        }),
      ]),
    })
  })

  test('lists what is wrong with the file, and answers 1', async () => {
    const newer = await magpie(
      'validate',
      put('newer.json', JSON.stringify({ ...greeting, format: 99 })),
      '--json',
    )
    expect(json(newer.stdout)).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'journey-newer', severity: 'error', node: null, field: 'format' }],
    })
    const broken = await magpie('validate', put('broken.json', '{"format": 1,'), '--json')
    expect(json(broken.stdout)).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'journey-not-json', node: null }],
    })
    expect([newer.code, broken.code]).toEqual([1, 1])
  })

  test('speaks to people without --json', async () => {
    const { code, stdout } = await magpie('validate', put('broken.json', '{'))
    expect(code).toBe(1)
    expect(stdout).toContain('journey-not-json')
    expect(stdout).toContain('not valid')
  })

  test('says that a file is not there, and leaves stdout empty', async () => {
    const { code, stdout, stderr } = await magpie('validate', 'nowhere.json', '--json')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('nowhere.json was not found')
  })
})

describe('compile', () => {
  test('to xstate prints a config that createMachine takes unchanged', async () => {
    const { code, stdout } = await magpie('compile', qixi, '--to', 'xstate')
    expect(code).toBe(0)
    const machine = createMachine(JSON.parse(stdout))
    const journey = parseJourney(readFileSync(qixi, 'utf8'))
    if (!journey.ok) throw new Error('the template is broken')
    expect(Object.keys(machine.states).sort()).toEqual(
      ['start', 'left', ...Object.keys(journey.journey.nodes)].sort(),
    )
  })

  test('to table prints states, events and where they lead', async () => {
    const { code, stdout } = await magpie('compile', put('g.json', JSON.stringify(greeting)), '--to', 'table')
    expect(code).toBe(0)
    const shape = z.strictObject({
      initial: z.literal('start'),
      final: z.array(z.string()),
      states: z.record(z.string(), z.record(z.string(), z.string())),
    })
    const table = shape.parse(json(stdout))
    expect(table.final.toSorted()).toEqual(['end', 'left'])
    expect(table.states.hello).toMatchObject({ 'hello.sent': 'end', 'hello.not_sent': 'end' })
  })

  test('of a journey with errors says them on stderr alone', async () => {
    const file = put('open.json', JSON.stringify({ ...greeting, edges: {} }))
    const { code, stdout, stderr } = await magpie('compile', file, '--to', 'table')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('dangling-port')
  })
})

describe('import', () => {
  test('reads both files into the own brand; twice changes nothing', async () => {
    const c = put('c.csv', iconv.encode(members, 'gb18030'))
    const args = ['import', '--customers', c, '--orders', put('o.csv', `\uFEFF${orders}`), '--data', 'data']
    const first = await magpie(...args)
    expect(first.code).toBe(0)
    expect(json(first.stdout)).toMatchObject({
      customers: { encoding: 'gb18030', imported: 2, rejected: 0 },
      orders: {
        encoding: 'utf-8',
        imported: 1,
        rejected: 1,
        rejections: [{ line: 3, code: 'unknown-customer', reason: { en: expect.stringContaining('“9”') } }],
      },
    })
    expect(first.stderr).toContain('o.csv:3: There is no customer “9”')
    const again = await magpie(...args)
    expect(json(again.stdout)).toMatchObject({
      customers: { imported: 0, updated: 0, unchanged: 2 },
      orders: { imported: 0, updated: 0, unchanged: 1, rejected: 1 },
    })
    const db = openDatabase(brandPath(join(folder, 'data'), 'own'))
    const seen = db.sqlite
      .prepare('select name, (select count(*) from events) as orders from customers')
      .all()
    const told = db.sqlite.prepare('select distinct action, actor_kind as who, via from audit').all()
    db.close()
    expect(told).toEqual([{ action: 'import.ended', who: 'person', via: 'command_line' }])
    expect(seen).toEqual([
      { name: '织女', orders: 1 },
      { name: '牛郎', orders: 1 },
    ])
  })

  test('takes the columns of a shop’s own file as a map says, and makes the buyers', async () => {
    const file = put(
      'export.csv',
      '单号,买家,付款时间,实付金额,备货\nA,a@example.com,2026-06-01,9,2026/6/2\n',
    )
    const map = put(
      'map.json',
      JSON.stringify({ 买家: 'email', 备货: { as: 'attribute', type: 'date' }, 单号: 'order_id' }),
    )
    const { code, stdout } = await inProcess(
      ...['import', file, '--kind', 'orders', '--map', map, '--create-customers'],
      ...['--data', join(folder, 'data')],
    )
    expect({ code, report: json(stdout) }).toMatchObject({
      code: 0,
      report: {
        orders: { imported: 1, created: 1, mapping: { 买家: 'email' }, types: { 备货: { type: 'date' } } },
      },
    })
    const wrong = await inProcess(
      'import',
      file,
      '--map',
      put('m.json', '[1]'),
      '--data',
      join(folder, 'data'),
    )
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('map-unreadable') })
    const kind = await inProcess('import', file, '--kind', 'goods', '--data', join(folder, 'data'))
    expect(kind).toMatchObject({ code: 2, stderr: expect.stringContaining('--kind') })
  })

  test('takes nothing from either file when one is wrong as a whole', async () => {
    const o = put('o.csv', 'order_id,customer_id,ordered_at\n')
    const { code, stdout, stderr } = await magpie(
      ...['import', '--customers', put('c.csv', members), '--orders', o, '--data', 'data'],
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('csv-missing-column (amount): Required columns are missing: amount')
    const db = openDatabase(brandPath(join(folder, 'data'), 'own'))
    expect(db.sqlite.prepare('select count(*) as customers from customers').get()).toEqual({ customers: 0 })
    db.close()
  })
})

describe('rehearse', () => {
  const rest = [
    '--start',
    '2026-08-05T09:00:00+08:00',
    '--assume',
    'backtest',
    '--no-control-group',
    '--json',
  ]

  test('works on two files and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await magpie(
      ...['rehearse', put('g.json', JSON.stringify(greeting))],
      ...['--customers', put('c.csv', members), '--orders', put('o.csv', orders), ...rest],
    )
    expect(code).toBe(0)
    const report = rehearsalReport.parse(json(stdout))
    expect(report).toMatchObject({ entered: 2, endings: { end: 2 }, waiting: 0 })
    expect(report.nodes.hello).toMatchObject({ sent: 1, suppressed: { no_address: 1 } })
    expect(stderr).toContain('rehearsal 2/2')
    expect(scratch()).toEqual([])
  })

  test('works on imported data, and two runs differ in their seconds only', async () => {
    await magpie('import', '--customers', put('c.csv', members), '--data', 'data')
    const file = put('g.json', JSON.stringify(greeting))
    const runs = [
      await magpie('rehearse', file, '--data', 'data', ...rest),
      await magpie('rehearse', file, '--data', 'data', ...rest),
    ]
    const [first, second] = runs.map(({ stdout }) => ({ ...rehearsalReport.parse(json(stdout)), seconds: 0 }))
    expect(first).toMatchObject({ entered: 2 })
    expect(second).toEqual(first)
  })

  test('lets those of a list come in by hand, at rates set by hand', async () => {
    await magpie('import', '--customers', put('c.csv', members), '--data', 'data')
    const all = { type: 'manual', name: { en: 'All' }, config: {} }
    const byHand = { ...greeting, nodes: { ...greeting.nodes, all } }
    const list = put('ids.txt', '\uFEFF1\nnobody\n')
    const { stdout } = await magpie(
      ...['rehearse', put('g.json', JSON.stringify(byHand)), '--data', 'data', '--list', list],
      ...['--start', '2026-08-05T09:00:00+08:00', '--assume', 'rates', '--rate', 'unprompted=0.5'],
    )
    const report = rehearsalReport.parse(json(stdout))
    expect(report).toMatchObject({ entered: 1, unknown_customers: ['nobody'] })
    expect(report.rates?.unprompted).toBe(0.5)
    expect(report.basis?.sources).toMatchObject({ unprompted: 'by_hand', open: 'usual' })
  })

  test('leaves nothing behind when a file is wrong either', async () => {
    const { code, stdout, stderr } = await magpie(
      ...['rehearse', put('g.json', JSON.stringify(greeting))],
      ...['--customers', put('c.csv', 'name\nx\n'), '--orders', put('o.csv', orders), ...rest],
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('csv-missing-column')
    expect(scratch()).toEqual([])
  })

  test('says that a folder holds no data, and makes none', async () => {
    const { code, stderr } = await magpie('rehearse', qixi, '--data', 'nowhere', ...rest)
    expect(code).toBe(1)
    expect(stderr).toContain('There is no Magpie data in nowhere')
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })
})

const data = resolve(root, '../shared/data')
describe.skipIf(!existsSync(data))(
  `the Qixi gift box on real customers${existsSync(data) ? '' : ' (skipped: ../shared/data is absent)'}`,
  () => {
    const rehearsed = async (name: string, start: string) => {
      const files = [
        '--customers',
        join(data, name, 'customers.csv'),
        '--orders',
        join(data, name, 'orders.csv'),
      ]
      const rest = ['--start', start, '--assume', 'backtest', '--no-control-group', '--json']
      const { stdout } = await magpie('rehearse', qixi, ...files, ...rest)
      const { entered, nodes } = rehearsalReport.parse(json(stdout))
      const of = (id: string) => nodes[id] ?? { sent: -1, entered: -1, suppressed: {} }
      return { entered, of }
    }

    test('superstore-cn comes to the published figures', async () => {
      const { entered, of } = await rehearsed('superstore-cn', '2017-08-14T10:00:00+08:00')
      expect(entered).toBe(112)
      expect(['sms-t14', 'sms-t3', 'sms-t0', 'coupon-t14', 'remind'].map((id) => of(id).sent)).toEqual([
        112, 108, 105, 2, 2,
      ])
      expect(of('buyers').entered).toBe(2)
    })

    test('cdnow, which has no phones, comes to the published figures', async () => {
      const { entered, of } = await rehearsed('cdnow', '1998-08-14T10:00:00+08:00')
      expect(entered).toBe(760)
      for (const id of ['sms-t14', 'sms-t3', 'sms-t0'])
        expect(of(id)).toMatchObject({ sent: 0, suppressed: { no_address: 760 } })
    })
  },
)

describe('check and restore', () => {
  const path = () => brandPath(join(folder, 'data'), 'own')
  const data = () => ['--data', join(folder, 'data')]
  const marked = () => {
    const db = openDatabase(path())
    const found = db.sqlite.prepare("select value from meta where key = 'mark'").pluck().get()
    db.close()
    return found
  }

  test('damage is found, and a backup takes its place without anything being deleted', async () => {
    const db = openDatabase(path())
    db.sqlite.exec("insert into meta (key, value) values ('mark', '1')")
    db.close()
    expect(await inProcess('check', ...data())).toMatchObject({ code: 0 })
    const copy = join(folder, 'copy.sqlite')
    expect((await inProcess('backup', copy, ...data())).code).toBe(0)
    truncateSync(path(), 8_192)
    const damaged = readFileSync(path())
    const found = await inProcess('check', ...data())
    expect(found.code).toBe(1)
    expect(JSON.parse(found.stdout)).toMatchObject({
      brands: [{ brand: 'own', faults: [expect.any(String)] }],
    })

    const restored = await inProcess('restore', copy, ...data())
    expect(restored).toMatchObject({ code: 0, stderr: '' })
    const told = z.object({ database: z.string(), aside: z.string() }).parse(JSON.parse(restored.stdout))
    expect(told.database).toBe(path())
    expect(readFileSync(told.aside).equals(damaged)).toBe(true)
    expect(marked()).toBe('1')
    expect(await inProcess('check', ...data())).toMatchObject({ code: 0 })
  })

  test('what cannot be restored from is refused, and the data are left as they are', async () => {
    openDatabase(path()).close()
    const before = readFileSync(path())
    const cut = join(folder, 'cut.sqlite')
    expect((await inProcess('backup', cut, ...data())).code).toBe(0)
    truncateSync(cut, 9_000)
    const other = join(folder, 'other.sqlite')
    const database = new Database(other)
    database.exec('create table letters (id integer)')
    database.close()
    for (const [file, code] of [
      [join(folder, 'none.sqlite'), 'no-database'],
      [cut, 'backup-unusable'],
      [path(), 'backup-onto-itself'],
      [put('letter.txt', 'a letter'), 'backup-unusable'],
      [other, 'foreign-database'],
    ] as const) {
      const refused = await inProcess('restore', file, ...data())
      expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(`^${code}: `) })
      expect(refused.stderr).not.toMatch(/^ +at /m)
    }
    expect(readFileSync(path()).equals(before)).toBe(true)
    expect(readdirSync(join(folder, 'data')).filter((name) => name.includes('.half'))).toEqual([])
  })

  test('nothing is restored under a server that runs', async () => {
    openDatabase(path()).close()
    const copy = join(folder, 'copy.sqlite')
    await inProcess('backup', copy, ...data())
    const unlock = lockData(join(folder, 'data'))
    expect(await inProcess('restore', copy, ...data())).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^data-in-use: /),
    })
    unlock?.()
  })
})

describe('export and backup', () => {
  test('give a journey as a file, and the data as a database', async () => {
    const journey = parseJourney(JSON.stringify(greeting))
    if (!journey.ok) throw new Error('the sample is broken')
    const db = openDatabase(brandPath(join(folder, 'data'), 'own'))
    createJourney(db, { journey: journey.journey, now: 0 })
    db.close()
    const exported = await magpie('export', 'greeting', '--data', 'data')
    expect(parseJourney(exported.stdout)).toEqual(journey)
    const copy = join(folder, 'copy.sqlite')
    const { code, stdout } = await magpie('backup', copy, '--data', 'data')
    expect(code).toBe(0)
    expect(json(stdout)).toMatchObject({ file: copy })
    const read = openDatabase(copy, { readonly: true })
    expect(read.sqlite.prepare('select id from journeys').all()).toEqual([{ id: 'greeting' }])
    read.close()
    const missing = await magpie('export', 'nobody', '--data', 'data')
    expect([missing.code, missing.stdout]).toEqual([1, ''])
    const both = await magpie('export', 'greeting', '--audience', 'vips', '--out', 'x.csv', '--data', 'data')
    expect(both.code).toBe(2)
  })

  test('export writes the customers of an audience as a file, and the log says so', async () => {
    const db = openDatabase(brandPath(join(folder, 'data'), 'own'))
    customerSaver(db)([{ id: 'c1', name: '=1+1', city: '成都', attributes: { tier: 'gold' } }], 1, aFile)
    const condition = { kind: 'attribute', name: 'city', op: 'eq', value: '成都' } as const
    addAudience(db, { key: 'chengdu', name: { en: 'Chengdu' }, condition }, 1)
    db.close()
    const out = join(folder, 'chengdu.csv')
    const { code, stdout } = await magpie('export', '--audience', 'chengdu', '--out', out, '--data', 'data')
    expect([code, json(stdout)]).toEqual([0, { file: out, audience: 'chengdu', customers: 1 }])
    expect(readFileSync(out, 'utf8')).toContain(`"c1","'=1+1"`)
    const read = openDatabase(brandPath(join(folder, 'data'), 'own'), { readonly: true })
    const noted = read.sqlite
      .prepare("select detail from audit where action = 'customer.exported'")
      .pluck()
      .get()
    expect(json(String(noted))).toEqual({ audience: 'chengdu', count: 1, contacts: 'whole' })
    read.close()
    expect((await magpie('export', '--audience', 'nobody', '--out', out, '--data', 'data')).code).toBe(1)
  })
})

describe('restore', () => {
  test('lays a backup in the place of the data, which is kept aside, and only while no server runs', async () => {
    const path = brandPath(join(folder, 'data'), 'own')
    const data = ['--data', join(folder, 'data')]
    const named = (name: string) => {
      const db = openDatabase(path)
      db.sqlite
        .prepare(`insert into customers (id, shard, name, updated_at) values (?, 0, ?, 0)`)
        .run(name, name)
      db.close()
    }
    const names = (file: string) => {
      const db = openDatabase(file)
      const found = db.sqlite.prepare('select id from customers order by id').pluck().all()
      db.close()
      return found
    }
    named('before')
    const copy = join(folder, 'copy.sqlite')
    await inProcess('backup', copy, ...data)
    named('later')
    const { code, stdout } = await inProcess('restore', copy, ...data)
    const laid = z.object({ aside: z.string(), database: z.string() }).parse(json(stdout))
    expect([code, laid.database, names(path), names(laid.aside)]).toEqual([
      0,
      path,
      ['before'],
      ['before', 'later'],
    ])
    const missing = await inProcess('restore', join(folder, 'none.sqlite'), ...data)
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^no-database: /) })
    const itself = await inProcess('restore', path, ...data)
    expect(itself).toMatchObject({ code: 1, stderr: expect.stringMatching(/^backup-onto-itself: /) })
    const unlock = lockData(join(folder, 'data'))
    const busy = await inProcess('restore', copy, ...data)
    unlock?.()
    expect(busy).toMatchObject({ code: 1, stderr: expect.stringMatching(/^data-in-use: /) })
  })
})

describe('a folder of data that cannot be used', () => {
  const rest = ['--start', '2026-08-05', '--assume', 'backtest']

  test('is told of without a stack, and another program’s database is left as it is', async () => {
    mkdirSync(join(folder, 'other'))
    const path = brandPath(join(folder, 'other'), 'own')
    const other = new Database(path)
    other.exec('create table customers (id integer)')
    other.close()
    const before = readFileSync(path)
    mkdirSync(join(folder, 'junk'))
    writeFileSync(brandPath(join(folder, 'junk'), 'own'), 'a letter to somebody, not a database at all')
    const c = put('c.csv', members)
    for (const args of [
      ['rehearse', qixi, ...rest],
      ['import', '--customers', c],
    ])
      for (const data of ['other', 'junk']) {
        const { code, stdout, stderr } = await inProcess(...args, '--data', join(folder, data))
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
        expect(stderr).toMatch(/^foreign-database: .*own\.sqlite 不是 Magpie 的数据库\n/)
      }
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('may be a file, or of a newer release', async () => {
    const file = await inProcess('import', '--customers', put('c.csv', members), '--data', put('afile', ''))
    expect(file).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^folder-unusable: /) })
    const db = openDatabase(brandPath(join(folder, 'data'), 'own'))
    db.sqlite
      .prepare("insert into __drizzle_migrations (hash, created_at) values ('later', ?)")
      .run(Date.parse('2126-01-01'))
    db.close()
    const newer = await inProcess('rehearse', qixi, ...rest, '--data', join(folder, 'data'))
    expect(newer).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^data-newer: /) })
  })

  test('is not backed up onto itself, nor where nothing can be written', async () => {
    const path = brandPath(join(folder, 'data'), 'own')
    openDatabase(path).close()
    const data = ['--data', join(folder, 'data')]
    const itself = await inProcess('backup', path, ...data)
    expect(itself).toMatchObject({ code: 1, stderr: expect.stringMatching(/^backup-onto-itself: /) })
    for (const place of [join(folder, 'no', 'such', 'copy.sqlite'), join(folder, 'tmp')]) {
      const { code, stderr } = await inProcess('backup', place, ...data)
      expect(code).toBe(1)
      expect(stderr).toMatch(/^file-unwritable: /)
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([])
  })
})

describe('a wrong command line', () => {
  test('answers 2, the usage on stderr and nothing on stdout', async () => {
    const { code, stdout, stderr } = await magpie('validate', 'a.json', '--jsn')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Usage: npm run -s magpie -- validate FILE [--json]')
  })

  const start = ['--start', '2026-08-05', '--assume', 'backtest']
  const two = ['--customers', 'c.csv', '--orders', 'o.csv']
  test.each([
    ['no command', []],
    ['an unknown command', ['send']],
    ['no file', ['validate']],
    ['two files', ['validate', 'a.json', 'b.json']],
    ['an option without its value', ['compile', 'a.json', '--to']],
    ['no target', ['compile', 'a.json']],
    ['an unknown target', ['compile', 'a.json', '--to', 'svg']],
    ['no folder', ['import', '--customers', 'c.csv']],
    ['no file to import', ['import', '--data', 'data']],
    ['no start', ['rehearse', 'a.json', '--assume', 'rates']],
    ['a start that is no time', ['rehearse', 'a.json', '--start', 'soon', '--assume', 'rates']],
    ['an end that is no time', ['rehearse', 'a.json', ...start, '--until', 'later']],
    ['no assumption', ['rehearse', 'a.json', '--start', '2026-08-05']],
    ['an unknown assumption', ['rehearse', 'a.json', '--start', '2026-08-05', '--assume', 'luck']],
    ['customers without orders', ['rehearse', 'a.json', ...start, '--customers', 'c.csv']],
    ['a rate of no name', ['rehearse', 'a.json', ...start.slice(0, 2), '--assume', 'rates', '--rate', 'x=1']],
    ['a rate in a backtest', ['rehearse', 'a.json', ...start, '--rate', 'open=0.1']],
    ['a list and an audience', ['rehearse', 'a.json', ...start, '--list', 'l', '--audience', 'a']],
    ['files and a folder', ['rehearse', 'a.json', ...start, '--data', 'd', ...two]],
  ])('(%s) is told from a problem', async (_case, args) => {
    const { code, stdout, stderr } = await inProcess(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Usage:')
  })

  test('(an end before the start) is found with the brand’s zone', async () => {
    const db = openDatabase(brandPath(join(folder, 'data'), 'own'))
    db.close()
    const rest = [...start, '--until', '2026-08-04', '--data', join(folder, 'data')]
    const { code, stderr } = await inProcess('rehearse', qixi, ...rest)
    expect(code).toBe(2)
    expect(stderr).toContain('--until does not lie after --start')
  })

  test('(an end before the start) is found before the files are read', async () => {
    const rest = [...start, '--until', '2026-08-04', ...two]
    const { code, stderr } = await inProcess('rehearse', qixi, ...rest)
    expect(code).toBe(2)
    expect(stderr).toContain('--until does not lie after --start')
  })

  test('help is no mistake, of one command either', async () => {
    const whole = await inProcess('--help')
    expect(whole.code).toBe(0)
    expect(whole.stdout).toContain('rehearse FILE')
    const one = await inProcess('validate', '--help')
    expect(one).toEqual({
      code: 0,
      stdout: 'Usage: npm run -s magpie -- validate FILE [--json]\n',
      stderr: '',
    })
  })

  test('problems are told in Chinese where the terminal speaks it', async () => {
    const { code, stderr } = await inProcess('export', 'a', '--data', 'nowhere')
    expect(code).toBe(1)
    expect(stderr).toContain('nowhere 里没有 Magpie 的数据')
  })
})

describe('count', () => {
  const imported = async () => {
    const [customers, orders] = [join(folder, 'c.csv'), join(folder, 'o.csv')]
    writeFileSync(customers, 'customer_id,name,city\nc1,Wang,杭州\nc2,Li,北京\nc3,Zhao,杭州\n')
    writeFileSync(
      orders,
      'order_id,customer_id,ordered_at,amount\no1,c1,2026-08-10,99\no2,c2,2026-08-25,99\n',
    )
    const data = join(folder, 'data')
    expect(
      (await inProcess('import', '--customers', customers, '--orders', orders, '--data', data)).code,
    ).toBe(0)
    return data
  }
  const conditionFile = (condition: unknown) => {
    const file = join(folder, 'condition.json')
    writeFileSync(file, typeof condition === 'string' ? condition : JSON.stringify(condition))
    return file
  }
  const answer = z.strictObject({ count: z.int(), of: z.int(), seconds: z.number().positive() })

  test('says for how many customers a condition holds at a time, and how long it took', async () => {
    const data = await imported()
    const file = conditionFile({
      ...{ kind: 'events', event: 'order', measure: 'count', op: 'gte', value: 1 },
      window: { kind: 'festival', festival: 'qixi', from: { days: -14 }, to: { days: 0 }, past: 1 },
    })
    const count = async (at: string) => {
      const { code, stdout, stderr } = await inProcess(
        ...['count', '--data', data, '--condition', file, '--at', at, '--json'],
      )
      expect([code, stderr.replace(/^count.* … \d+ s\n/gm, '')]).toEqual([0, ''])
      return answer.parse(JSON.parse(stdout))
    }
    expect(await count('2027-08-01T10:00:00+08:00')).toMatchObject({ count: 1, of: 3 })
    expect(await count('2026-08-01T10:00:00+08:00')).toMatchObject({ count: 0, of: 3 })
    // What is read in later is counted, by the same copy.
    const more = join(folder, 'more.csv')
    writeFileSync(more, 'order_id,customer_id,ordered_at,amount\no3,c3,2026-08-11,99\n')
    expect((await inProcess('import', '--orders', more, '--data', data)).code).toBe(0)
    expect(await count('2027-08-01T10:00:00+08:00')).toMatchObject({ count: 2, of: 3 })
  })

  test('makes its copy anew by one command', async () => {
    const data = await imported()
    const { code, stdout } = await inProcess('copy', '--data', data)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ file: join(data, 'own.sqlite.copy'), customers: 3 })
    expect(existsSync(join(data, 'own.sqlite.copy'))).toBe(true)
  })

  test.each([
    ['is no JSON', '{"kind":', 'invalid-request'],
    ['is no condition', { kind: 'wish' }, 'invalid-request'],
    [
      'is nested without end',
      `${'{"kind":"not","of":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
      'invalid-request',
    ],
  ])('refuses a file that %s', async (_, condition, code) => {
    const data = await imported()
    const refused = await inProcess('count', '--data', data, '--condition', conditionFile(condition))
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain(code)
  })

  test('asks for a file that is there, a time and a folder of data', async () => {
    const data = await imported()
    const file = conditionFile({ kind: 'tag', tag: 'vip', has: true })
    expect((await inProcess('count', '--data', data, '--condition', `${file}.no`)).stderr).toContain(
      'not-found',
    )
    expect((await inProcess('count', '--data', data, '--condition', file, '--at', 'soon')).code).toBe(2)
    expect((await inProcess('count', '--condition', file)).code).toBe(2)
    expect((await inProcess('count', '--data', folder, '--condition', file)).stderr).toContain('no-database')
  })
})
