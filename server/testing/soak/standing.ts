import { once } from 'node:events'
import { setTimeout as rest } from 'node:timers/promises'
import { haltable } from './false-clock.ts'
import { reminders } from './reminders.ts'
import { beginServer, type Server } from './server.ts'
import { atMost, type Figure, type Situation } from './situation.ts'

const second = 1000

/** How many seconds it takes until `/healthz` answers so. */
async function until({ url }: Server, name: string, status: number, sign: string): Promise<Figure> {
  const began = performance.now()
  const most = 90
  for (;;) {
    const answer = await fetch(`${url}/healthz`)
    const text = await answer.text()
    const seconds = (performance.now() - began) / second
    if ((answer.status === status && text.includes(`"${sign}"`)) || seconds > most)
      return atMost(name, seconds, most, 's')
    await rest(250)
  }
}

/** First the thread of the work stands still for good, then the one that answers people. */
export const standing: Situation = {
  about: 'A thread that stands still is ended: the engine’s goes on in another, the main one’s process ends',
  async run({ folder, say }) {
    const meddled = haltable(folder)
    const brand = await reminders(folder, () => Date.now())
    const options = { data: folder, ...meddled, env: { ...meddled.env, MAGPIE_MODE: 'live' } }
    let server = await beginServer(options)
    try {
      await brand.publish(server)
      await brand.come(server, 20 * second)
      say('the engine stands still')
      meddled.halt('works')
      const figures = [
        await until(server, 'until /healthz says that the heart stands still', 503, 'heart-still'),
        await until(server, 'until another thread goes on', 200, 'engine-restarted'),
      ]
      await brand.come(server, 10 * second)
      say('the main thread stands still')
      const began = performance.now()
      const died = once(server.child, 'exit')
      meddled.halt('main')
      await died
      figures.push(atMost('until the process ends', (performance.now() - began) / second, 140, 's'))
      const said = server.output().includes('the main thread stands still')
      figures.push({ name: 'and says why', value: said ? 'yes' : 'no', asked: 'yes', ok: said })
      server = await beginServer(options)
      await brand.come(server, 5 * second)
      // Whoever was due while nothing went on comes late by that long.
      const rate = await brand.figures(120 * second, 150)
      return [...figures, ...rate]
    } finally {
      server.child.kill('SIGKILL')
      await brand.close()
    }
  },
}
