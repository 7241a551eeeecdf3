import { setTimeout as rest } from 'node:timers/promises'
import { falseClock } from './false-clock.ts'
import { reminders } from './reminders.ts'
import { beginServer } from './server.ts'
import type { Figure, Situation } from './situation.ts'
import { watch } from './watch.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Whether the page of the server's state says what has happened to the clock. */
async function signed(url: string, name: string): Promise<Figure> {
  const text = await (await fetch(`${url}/readyz`)).text()
  const ok = text.includes(`"${name}"`)
  return { name: `/readyz tells of ${name}`, value: ok ? 'yes' : 'no', asked: 'yes', ok }
}

/** The machine's clock is set this way and that while customers come in and wait. */
export const clocks: Situation = {
  about:
    'The machine’s clock set back by 3 minutes, by a day and right again, forward by 8 hours and by 30 days',
  async run({ folder, times, say }) {
    const machine = falseClock(folder)
    // The gateway's clock is right, but for a machine that slept, which its own time then shows.
    let slept = 0
    const brand = await reminders(folder, () => Date.now() + slept)
    const server = await beginServer({
      data: folder,
      ...machine,
      env: { ...machine.env, MAGPIE_MODE: 'live' },
    })
    try {
      await brand.publish(server)
      await brand.join(server, 5000)
      const pages = watch(server.url, ['/healthz', '/api/v1/brands/own/journeys'])
      const figures: Figure[] = []
      const phase = async (name: string, by: number, ms: number) => {
        say(name)
        machine.set(by)
        brand.phase(name)
        await brand.come(server, ms * times)
      }
      await phase('steady', 0, 20 * second)
      await phase('back by 3 minutes', -3 * minute, 70 * second)
      await phase('back by a day', -day, 70 * second)
      figures.push(await signed(server.url, 'clock-set-back'))
      await phase('right again', day, 70 * second)
      await rest(minute)
      say('forward by 8 hours')
      slept += 8 * hour
      machine.set(8 * hour)
      await rest(5 * second)
      figures.push(await signed(server.url, 'clock-set-forward'))
      say('forward by 30 days')
      slept += 30 * day
      machine.set(30 * day)
      figures.push(...(await brand.figures(3 * minute, 3)))
      return [...figures, ...(await pages.stop(250))]
    } finally {
      server.child.kill('SIGKILL')
      await brand.close()
    }
  },
}
