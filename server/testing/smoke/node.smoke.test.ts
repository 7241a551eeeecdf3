import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clockAnswer } from '../../../shared/api/clock.ts'
import { figuresAnswer, journeyAnswer } from '../../../shared/api/journeys.ts'
import { messageList } from '../../../shared/api/messages.ts'
import { rehearsalAnswer } from '../../../shared/api/rehearsal.ts'
import { beginLife, type Life, makeDemo } from './life.ts'
import { bringNode } from './release.ts'

const majors = [22, 24, 26]
const members = 500
const days = 4 * 86_400_000
const journeyId = 'qixi-gift-box'

const folder = mkdtempSync(join(tmpdir(), 'magpie-smoke-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))

const clockOf = async (life: Life) => clockAnswer.parse(await life.ask('GET', 'clock'))
const messagesOf = async (life: Life) => messageList.parse(await life.ask('GET', 'messages?limit=200'))

async function rehearse(life: Life, journey: unknown) {
  const body = { journey, assume: 'rates' }
  let answer = rehearsalAnswer.parse(await life.ask('POST', 'rehearsals', body))
  while (answer.state === 'running') {
    await rest(50)
    answer = rehearsalAnswer.parse(await life.ask('GET', `rehearsals/${answer.id}`))
  }
  return answer.report && { ...answer.report, seconds: null }
}

/** Draws, rehearses and publishes; answers what the rehearsal said, but for how long it took. */
async function launch(life: Life) {
  const { journey, revision } = journeyAnswer.parse(
    await life.ask('POST', 'journeys', { template: journeyId }),
  )
  const report = await rehearse(life, journey)
  await life.ask('POST', `journeys/${journeyId}/publish`, { revision })
  return report
}

async function moveTo(life: Life, to: number): Promise<void> {
  if ((await clockOf(life)).now < to) await life.ask('POST', 'clock/advance', { to })
}

/** What the brand has become. */
async function storyOf(life: Life) {
  const figures = figuresAnswer.parse(await life.ask('GET', `journeys/${journeyId}/figures`))
  const { messages, counts } = await messagesOf(life)
  return { figures, messages, counts }
}

/** Lives through the days on some Node; killed on the way where that is asked for. */
async function live(node: string, name: string, killed: boolean) {
  const data = join(folder, name)
  await makeDemo(node, data, members)
  let life = await beginLife(node, data)
  try {
    const report = await launch(life)
    const begun = await clockOf(life)
    await moveTo(life, begun.now + days / 2)
    if (killed) {
      const before = await storyOf(life)
      const move = life
        .ask('POST', 'clock/advance', { to: begun.now + days })
        .catch((error: unknown) => error)
      await rest(100)
      await life.kill()
      await move
      life = await beginLife(node, data)
      expect((await messagesOf(life)).messages).toEqual(
        expect.arrayContaining(before.messages.map(({ id }) => expect.objectContaining({ id }))),
      )
    }
    await moveTo(life, begun.now + days)
    return { report, ...(await storyOf(life)) }
  } finally {
    await life.kill()
  }
}

/** Fetched side by side, while the first life is lived. */
const fetched = majors.map((major) => ({ major, fetching: bringNode(major, join(folder, `node-${major}`)) }))

let calm: Awaited<ReturnType<typeof live>>
beforeAll(async () => {
  calm = await live(process.execPath, 'calm', false)
})

test.for(fetched)(
  'the newest Node $major rehearses, publishes, and loses nothing by a kill',
  async ({ major, fetching }, { skip }) => {
    const brought = await fetching
    if ('absent' in brought) {
      process.stderr.write(
        `\nNode ${major} could not be had, so nothing was tried on it:\n${brought.absent}\n`,
      )
      return skip(`Node ${major} could not be had`)
    }
    process.stdout.write(`\nTrying Node ${brought.version} ...\n`)
    expect(calm.report?.entered).toBeGreaterThan(0)
    expect(calm.messages.length).toBeGreaterThan(0)
    expect(await live(brought.program, brought.version, true)).toEqual(calm)
  },
)
