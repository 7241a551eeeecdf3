import { setTimeout as rest } from 'node:timers/promises'
import { seedDemoFile } from '../../sandbox/seeding.ts'
import { brandPath } from '../../store/sqlite/database.ts'
import { Database } from '../../store/sqlite/driver.ts'
import { sealDatabase } from '../../store/sqlite/seed.ts'
import { reminders } from './reminders.ts'
import { beginServer, type Server } from './server.ts'
import { atMost, type Figure, none, type Situation, told } from './situation.ts'
import { watch } from './watch.ts'

const second = 1000
const pages = ['/healthz', '/api/v1/brands/own/journeys', '/api/v1/brands/own/customers']

/** How a change fared: its status, and the code of a refusal. */
async function change({ url }: Server): Promise<string> {
  const answer = await fetch(`${url}/api/v1/brands/own/blacklist`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ entries: [{ kind: 'phone', address: '19899999999', reason: 'asked' }] }),
    // A connection on which a file was refused before its end is closed by and by.
  }).catch(() => null)
  if (answer === null) return 'no answer'
  const text = await answer.text()
  return answer.ok ? '200' : `${answer.status} ${/"code":"([a-z-]+)"/.exec(text)?.[1]}`
}

/** Makes changes until a time is over; how often each answer came. */
export async function changes(server: Server, ms: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const began = performance.now(); performance.now() - began < ms; ) {
    const answer = await change(server)
    counts.set(answer, (counts.get(answer) ?? 0) + 1)
    await rest(250)
  }
  return counts
}

/** How many seconds it takes until it is ready again and takes a change. */
export async function untilReady(server: Server): Promise<Figure> {
  const began = performance.now()
  const most = 30
  for (;;) {
    const ready = (await fetch(`${server.url}/readyz`)).status === 200 && (await change(server)) === '200'
    const seconds = (performance.now() - began) / second
    if (ready || seconds > most)
      return atMost('until it is ready and takes changes again', seconds, most, 's')
    await rest(250)
  }
}

/** All refused for the stated reason, and none for another. */
export function refusals(counts: ReadonlyMap<string, number>, wanted: string): readonly Figure[] {
  const others = [...counts].filter(([answer]) => answer !== wanted)
  return [
    told(`changes answered ${wanted}`, counts.get(wanted) ?? 0),
    none(
      'changes answered otherwise',
      others.reduce((sum, [, count]) => sum + count, 0),
    ),
  ]
}

export const locked: Situation = {
  about:
    'Another program locks the data for a minute: pages are read, changes refused with the reason, nothing is lost',
  async run({ folder, times, say }) {
    seedDemoFile(brandPath(folder, 'demo'), { members: 50 }, sealDatabase)
    const brand = await reminders(folder, () => Date.now())
    const server = await beginServer({ data: folder, env: { MAGPIE_MODE: 'live' } })
    try {
      await brand.publish(server)
      await brand.come(server, 20 * second)
      say('another program has the lock')
      const other = new Database(brandPath(folder, 'own'))
      other.exec('begin immediate')
      const watching = watch(server.url, pages)
      const counts = await changes(server, 60 * second * times)
      const ready = (await fetch(`${server.url}/readyz`)).status
      const pagesMeanwhile = await watching.stop(250)
      other.exec('rollback')
      other.close()
      say('it lets go')
      const again = await untilReady(server)
      await brand.come(server, 5 * second)
      return [
        ...refusals(counts, '503 store-busy'),
        { name: '/readyz meanwhile', value: ready, asked: '503', ok: ready === 503 },
        ...pagesMeanwhile,
        again,
        ...(await brand.figures(150 * second, 70 * times)),
      ]
    } finally {
      server.child.kill('SIGKILL')
      await brand.close()
    }
  },
}
