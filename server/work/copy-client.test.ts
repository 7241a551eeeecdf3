import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Condition } from '../../shared/conditions/schema.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { addCustomers } from '../store/sqlite/seed.ts'
import { memberOf } from '../testing/members.ts'
import { CopyClient } from './copy-client.ts'
import { lineReader } from './copy-protocol.ts'

const moment = { now: 0, zone: 'Asia/Shanghai', anchors: {} }
const named: Condition = { kind: 'attribute', name: 'name', op: 'is_set' }

let folder: string
let database: string
const clients: CopyClient[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-copy-client-'))
  database = join(folder, 'own.sqlite')
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await expect.poll(processes, { timeout: 15_000 }).toEqual([])
  rmSync(folder, { recursive: true })
})

function clientOf(): CopyClient {
  const client = new CopyClient({ database, patienceMs: null })
  clients.push(client)
  return client
}

const count = async (client: CopyClient) => (await client.ask('count', { condition: named, moment })).count

/** The numbers of the processes that have the copy open. */
async function processes(): Promise<number[]> {
  const found = await promisify(execFile)('ps', ['-eo', 'pid=,args=', '-ww'])
  return found.stdout
    .split('\n')
    .filter((line) => line.includes(database) && line.includes('copy-process'))
    .map((line) => Number.parseInt(line, 10))
}

function addMembers(from: number, to: number): void {
  const db = openDatabase(database, { durability: 'off' })
  addCustomers(
    db,
    Array.from({ length: to - from }, (_, index) => memberOf(`m${from + index}`, from + index + 1)),
    1,
  )
  db.close()
}

test.skipIf(process.platform === 'win32')(
  'one process answers whoever asks, is begun anew where it dies, and ends when nobody asks any more',
  async () => {
    addMembers(0, 20)
    const [one, other] = [clientOf(), clientOf()]
    expect(await Promise.all([count(one), count(other)])).toEqual([20, 20])
    const [first, ...more] = await processes()
    expect(more).toEqual([])
    addMembers(20, 30)
    expect(await count(other)).toBe(30)
    if (first !== undefined) process.kill(first, 'SIGKILL')
    expect(await Promise.all([count(one), count(other)])).toEqual([30, 30])
    const [second] = await processes()
    expect(second).not.toBe(first)
    const ending = new AbortController()
    const asked = one.ask('count', { condition: named, moment }, ending.signal)
    ending.abort(new Error('a newer one is asked'))
    await expect(asked).rejects.toThrow('a newer one is asked')
    expect(await count(one)).toBe(30)
  },
  60_000,
)

test('what comes in pieces is read line by line', () => {
  const read: unknown[] = []
  const hear = lineReader((line) => read.push(line))
  for (const piece of ['{"a":', '1}\n{"b"', ':"x\\n"}\n', '[2]', '\n']) hear(piece)
  expect(read).toEqual([{ a: 1 }, { b: 'x\n' }, [2]])
})
