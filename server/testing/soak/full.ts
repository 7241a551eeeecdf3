import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { changes, refusals, untilReady } from './locked.ts'
import { reminders } from './reminders.ts'
import { beginServer, type Server } from './server.ts'
import { type Figure, none, type Situation, told } from './situation.ts'

const second = 1000
const megabyte = 1024 * 1024

/** A small disk of memory at a folder; false where that is not permitted. */
export function mountSmall(folder: string, size = '96m'): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Writes until there is no room left. */
export function fill(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (let size = megabyte; size >= 512; size /= 2)
      for (;;)
        try {
          writeSync(file, Buffer.alloc(size))
        } catch {
          // No room for so much: for less there may be.
          break
        }
  } finally {
    closeSync(file)
  }
}

/** How a file that is sent fares. */
async function upload({ url }: Server): Promise<string> {
  const form = new FormData()
  form.set('kind', 'customers')
  form.set('file', new File([`id,name\r\n${'m1,名\r\n'.repeat(200_000)}`], 'members.csv'))
  const answer = await fetch(`${url}/api/v1/brands/own/imports`, { method: 'POST', body: form })
  return `${answer.status} ${/"code":"([a-z-]+)"/.exec(await answer.text())?.[1] ?? ''}`.trim()
}

/** Until a change is refused, as what was set aside before may take some more. */
export async function filled(server: Server, filler: string): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    fill(filler)
    if (!(await changes(server, second)).has('200')) return
  }
}

export const full: Situation = {
  about: 'The disk of the data is full and then freed: refused with the reason, and nothing lost or doubled',
  async run({ folder, say }) {
    const data = join(folder, 'small')
    mkdirSync(data)
    if (!mountSmall(data)) return [told('a small disk', 'may not be mounted here: skipped')]
    const figures: Figure[] = []
    try {
      seedDemoFile(brandPath(data, 'demo'), { members: 50 }, sealDatabase)
      const brand = await reminders(data, () => Date.now())
      const filler = join(data, 'filler')
      const server = await beginServer({ data, env: { MAGPIE_MODE: 'live' } })
      try {
        await brand.publish(server)
        await brand.come(server, 20 * second)
        say('the disk is full')
        await filled(server, filler)
        const counts = await changes(server, 20 * second)
        const ready = await fetch(`${server.url}/readyz`)
        const sent = await upload(server)
        const parts = readdirSync(join(data, 'imports')).length
        rmSync(filler)
        say('there is room again')
        figures.push(
          ...refusals(counts, '503 disk-full'),
          { name: '/readyz meanwhile', value: ready.status, asked: '503', ok: ready.status === 503 },
          { name: 'an upload meanwhile', value: sent, asked: '503 disk-full', ok: sent === '503 disk-full' },
          none('parts of it that stay', parts),
          await untilReady(server),
        )
        await brand.come(server, 5 * second)
        figures.push(...(await brand.figures(150 * second, 60)))
      } finally {
        server.child.kill('SIGKILL')
        await brand.close()
      }
    } finally {
      execFileSync('umount', ['-l', data])
    }
    return figures
  },
}
