import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'
import { runCli } from './index.ts'

let folder: string
let data: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-replay-'))
  data = join(folder, 'data')
  mkdirSync(data)
})
afterEach(() => rmSync(folder, { recursive: true }))

async function replay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  const code = await runCli(['replay', ...args], {
    interactive: false,
    locale: 'en',
    out: (text) => {
      said.stdout += text
    },
    err: (text) => {
      said.stderr += text
    },
  })
  return { code, ...said }
}

const inHangzhou = { kind: 'attribute', name: 'city', op: 'eq', value: '杭州' }

/** A customer who has gone all the way through a journey, in a folder of data. */
async function walked(): Promise<void> {
  const driver = drive()
    .member('王芳', { city: '杭州' })
    .publish({
      nodes: {
        list: by.hand(),
        rest: by.rest('1 day'),
        where: ['branch', { branches: [{ id: 'here', name: { en: 'Here' }, when: inHangzhou }] }],
        hello: by.sms('{{ customer.name }}，您好'),
        done: by.exit(),
      },
      flow: [
        'list -> rest',
        'rest -> where',
        'where.here -> hello',
        'where.otherwise -> done',
        'hello -> done',
      ],
    })
    .enter('王芳')
    .advance('2 days')
  await driver.run()
  driver.db.sqlite.prepare('vacuum into ?').run(brandPath(data, 'own'))
  driver.db.close()
}

/** Changes something behind the back of everybody. */
function tamper(sql: string): void {
  const db = openDatabase(brandPath(data, 'own'))
  db.sqlite.exec(sql)
  db.close()
}

function storedLines(): string {
  const db = openDatabase(brandPath(data, 'own'))
  const rows = db.sqlite
    .prepare<[], Record<'seq' | 'at' | 'node' | 'outcome' | 'reason', string>>(
      'select * from traces order by seq',
    )
    .all()
  db.close()
  return rows
    .map(
      ({ seq, at, node, outcome, reason }) =>
        `{"seq":${seq},"at":${at},"node":"${node}","outcome":"${outcome}","reason":${reason}}\n`,
    )
    .join('')
}

describe('replay', () => {
  test('prints the trace byte for byte, though nothing is known of the customer any more', async () => {
    await walked()
    tamper('update customers set city = null, name = null; delete from events; delete from messages')
    const { code, stdout, stderr } = await replay('--enrollment', '1', '--data', data)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '4 steps, the same as stored\n' })
    expect(stdout).toBe(storedLines())
  })

  test('says which step comes out otherwise', async () => {
    await walked()
    tamper(`update traces set outcome = 'otherwise' where node = 'where'`)
    const { code, stdout, stderr } = await replay('--enrollment', '1', '--data', data)
    expect(code).toBe(1)
    expect(stdout.split('\n').at(-2)).toContain('"outcome":"here"')
    expect(stderr).toContain('step 2 comes out otherwise')
  })

  test('says that the end was changed', async () => {
    await walked()
    tamper(`update enrollments set ending = 'stopped'`)
    const { code, stderr } = await replay('--enrollment', '1', '--data', data)
    expect(code).toBe(1)
    expect(stderr).toContain('the end is not')
  })

  test('of nobody is a problem, and of no number a misuse', async () => {
    await walked()
    expect(await replay('--enrollment', '99', '--data', data)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not-found (enrollment): enrollment 99 was not found'),
    })
    expect(await replay('--enrollment', 'x', '--data', data)).toMatchObject({ code: 2 })
    expect(await replay('--data', data)).toMatchObject({ code: 2 })
    expect(await replay('--enrollment', '1', '--data', join(folder, 'nowhere'))).toMatchObject({ code: 1 })
  })
})
