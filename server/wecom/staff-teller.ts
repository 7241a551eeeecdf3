import { z } from 'zod'
import type { Brand } from '../../shared/journey/brand.ts'
import { type LocalText, say } from '../../shared/text.ts'
import type { WecomClient } from '../channels/wecom/client.ts'
import type { NewTasks, WecomWork } from '../ports/wecom.ts'

export interface TellerDeps {
  readonly work: WecomWork
  readonly client: () => WecomClient | null
  /** The app that writes to staff; null: nobody is written to. */
  readonly agent: () => number | null
  readonly brand: () => Pick<Brand, 'language' | 'zone'>
  readonly brandId: string
  /** Where this server is reached, without a slash at its end. */
  readonly host: () => string
  readonly now: () => number
  /** Told of what kept something from being done. */
  readonly onError: (error: unknown) => void
}

/** Tasks are gathered for so long, and told of no more often than so (ms): staff are told, not chased. */
const gatherMs = 5_000
const apartMs = 10 * 60_000
/** How long after a failure it is tried again (ms). */
const againMs = 60_000

const sent = z.looseObject({ invaliduser: z.string().nullish() })

/** Tells staff in WeCom of tasks that they have got: page 90236 of its documents. `run` answers how many were told. */
export function createStaffTeller(deps: TellerDeps): { run(): Promise<number> } {
  const { work, client, agent, brand, brandId, host, now, onError } = deps
  let restsUntil = 0

  const wordsFor = ({ count, dueAt }: NewTasks): string => {
    const { language, zone } = brand()
    const form = { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const
    const due = new Intl.DateTimeFormat(language, { ...form, hour12: false, timeZone: zone }).format(dueAt)
    const link = `${host()}/${brandId}/tasks`
    const words: LocalText = {
      'zh-CN': `你有 ${count} 个新任务，最早的要在 ${due} 前完成：${link}`,
      en: `${count === 1 ? 'A new task waits' : `${count} new tasks wait`} for you, the first until ${due}: ${link}`,
    }
    return say(words, language)
  }

  /** Whether WeCom was heard; the same words said again within half an hour are dropped there. */
  const tell = async (asked: WecomClient, agentid: number, task: NewTasks): Promise<boolean> => {
    const said = await asked.ask({
      app: 'agent',
      path: 'message/send',
      body: {
        ...{ touser: task.userId, msgtype: 'text', agentid, text: { content: wordsFor(task) } },
        ...{ enable_duplicate_check: 1, duplicate_check_interval: 1800 },
      },
      answer: sent,
    })
    if (said.ok) {
      // User ids are told back in small letters.
      if (said.value.invaliduser?.toLowerCase().split('|').includes(task.userId.toLowerCase()))
        onError(new Error(`WeCom knows nobody by the user id ${task.userId}, who was to be told of tasks`))
      return true
    }
    const { code, detail, kind } = said.failure
    onError(new Error(`staff could not be told of tasks: ${code}: ${detail}`))
    // Without a right to write, it is tried again all the same: somebody may give it.
    if (kind !== 'rejected') restsUntil = now() + againMs
    return kind === 'rejected'
  }

  return {
    async run() {
      const [asked, agentid] = [client(), agent()]
      if (asked === null || agentid === null || now() < restsUntil) return 0
      const gatheredUntil = now() - gatherMs
      const due = await work.newTasks({ now: now(), gatheredUntil, toldBefore: now() - apartMs })
      let told = 0
      for (const task of due) {
        if (!(await tell(asked, agentid, task))) break
        await work.tasksTold(task.staff, gatheredUntil, now())
        told += 1
      }
      return told
    },
  }
}
