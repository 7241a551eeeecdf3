import { z } from 'zod'
import { fault, fine, type PeerAnswer } from './wecom-answer.ts'
import { mediaOfPeer, type PeerMedia } from './wecom-media.ts'
import { answersOfTags, type PeerTags } from './wecom-tags.ts'
import { answersOfTasks, type PeerTask } from './wecom-tasks.ts'
import { answersOfWays, type PeerWay } from './wecom-ways.ts'

/** What a corp has on WeCom's side, and what its employees and customers do there. */
export interface WecomApiState {
  /** Greetings that customers have read, by their id. */
  readonly greetings: ReadonlyMap<string, readonly Greeting[]>
  readonly tasks: ReadonlyMap<string, PeerTask>
  /** Messages to staff. */
  readonly staffMessages: readonly { readonly to: string; readonly text: string }[]
  /** Pictures that were uploaded. */
  readonly media: ReadonlyMap<string, PeerMedia>
  /** It knows none of them any more, before their three days are over. */
  forgetMedia(): void
  /** QR codes by which customers add employees. */
  readonly ways: ReadonlyMap<string, PeerWay>
  /** Somebody has taken all of them away by another program. */
  forgetWays(): void
  /** The employee may be added by nobody any more. */
  resign(employee: string): void
  /** Tags of customers, and who puts them there. */
  readonly tags: PeerTags
  /** All tokens are as good as expired from now on. */
  expireTokens(): void
  tokensGiven(): number
  /** A customer and an employee become friends; answers the welcome code. */
  befriend(customer: string, employee: string, more?: Partial<PeerCustomer> & { state?: string }): string
  unfriend(customer: string, employee: string): void
  /** The customer has begun to talk before any greeting: 41051. */
  startTalk(customer: string): void
  /** The employee presses send on all that wait for them. */
  confirm(employee: string): void
}

export interface Greeting {
  readonly text: string
  readonly by: string
  readonly attachments: readonly unknown[]
}

export interface PeerCustomer {
  readonly name: string
  readonly unionid: string | null
}

interface Code {
  readonly customer: string
  readonly employee: string
  readonly at: number
  used: boolean
}

/** What came with a call: as it was, and as JSON where it is that. */
export interface PeerRequest {
  readonly body: unknown
  readonly raw: Buffer
  readonly type: string
}

export interface PeerCorp {
  readonly corpId: string
  readonly secret: string
  readonly agentSecret?: string
  readonly agentId?: string
}

interface Follow {
  readonly employee: string
  readonly state: string
  readonly since: number
}

const welcome = z.looseObject({
  welcome_code: z.string(),
  text: z.looseObject({ content: z.string() }).optional(),
  attachments: z.array(z.unknown()).max(9).optional(),
})
const staffMessage = z.looseObject({
  touser: z.string(),
  agentid: z.number(),
  text: z.looseObject({ content: z.string() }),
})
const ofUsers = z.looseObject({
  userid_list: z.array(z.string()).max(100),
  cursor: z.string().default(''),
  limit: z.int().max(100).default(50),
})

const welcomeMs = 20_000
const tokenSeconds = 7200

export function apiOf(corp: PeerCorp, { now, url }: { now: () => number; url: () => string }) {
  const tokens = new Map<string, { secret: string; until: number }>()
  const customers = new Map<string, PeerCustomer>()
  const follows = new Map<string, Follow[]>()
  const codes = new Map<string, Code>()
  const talking = new Set<string>()
  const greetings = new Map<string, Greeting[]>()
  const staffMessages: { to: string; text: string }[] = []
  let tokensGiven = 0

  const areFriends = (customer: string, employee: string) =>
    follows.get(customer)?.some((one) => one.employee === employee) === true
  const pictures = mediaOfPeer(now)
  const work = answersOfTasks({ areFriends, now, judge: pictures.judge })
  const resigned = new Set<string>()
  const tags = answersOfTags({ areFriends })
  const codesOfContact = answersOfWays({ now, url, mayBeAdded: (employee) => !resigned.has(employee) })

  const greet = (body: unknown): PeerAnswer => {
    const read = welcome.safeParse(body)
    if (!read.success) return fault(40058, 'invalid request parameter')
    const { welcome_code: given, text, attachments = [] } = read.data
    const code = codes.get(given)
    if (code === undefined || now() - code.at > welcomeMs) return fault(41050, 'invalid welcome code')
    if (code.used) return fault(41096, 'welcome message is being sent')
    const unfit = pictures.judge(attachments)
    if (unfit !== null) return unfit
    if (talking.has(code.customer) || greetings.has(code.customer))
      return fault(41051, 'externaluser has started chatting')
    code.used = true
    const greeting = { text: text?.content ?? '', by: code.employee, attachments }
    greetings.set(code.customer, [...(greetings.get(code.customer) ?? []), greeting])
    return fine()
  }

  const contactOf = (customer: string) => {
    const known = customers.get(customer)
    return {
      external_userid: customer,
      name: known?.name ?? '',
      type: 1,
      gender: 0,
      ...(known?.unionid == null ? {} : { unionid: known.unionid }),
    }
  }
  const followOf = (customer: string, { employee, state, since }: Follow) => ({
    userid: employee,
    remark: '',
    description: '',
    createtime: Math.floor(since / 1000),
    ...(state === '' ? {} : { state }),
    ...tags.shownOf(customer, employee),
  })

  const answers: Readonly<Record<string, (body: unknown, query: URLSearchParams) => PeerAnswer>> = {
    'externalcontact/send_welcome_msg': greet,
    'externalcontact/get': (_body, query) => {
      const customer = query.get('external_userid') ?? ''
      if (!customers.has(customer)) return fault(84061, 'not external contact')
      return fine({
        external_contact: contactOf(customer),
        follow_user: (follows.get(customer) ?? []).map((one) => followOf(customer, one)),
      })
    },
    'externalcontact/get_follow_user_list': () =>
      fine({
        follow_user: [...new Set([...follows.values()].flat().map(({ employee }) => employee))].sort(),
      }),
    'externalcontact/batch/get_by_user': (body) => {
      const read = ofUsers.safeParse(body)
      if (!read.success) return fault(40058, 'invalid request parameter')
      const { userid_list: users, cursor, limit } = read.data
      const all = [...follows].flatMap(([customer, list]) =>
        list
          .filter(({ employee }) => users.includes(employee))
          .map((follow) => ({
            external_contact: contactOf(customer),
            follow_info: followOf(customer, follow),
          })),
      )
      const from = cursor === '' ? 0 : Number(cursor)
      const next = from + limit < all.length ? String(from + limit) : ''
      return fine({ external_contact_list: all.slice(from, from + limit), next_cursor: next })
    },
    'message/send': (body) => {
      const read = staffMessage.safeParse(body)
      if (!read.success || String(read.data.agentid) !== corp.agentId) return fault(40056, 'invalid agentid')
      staffMessages.push({ to: read.data.touser, text: read.data.text.content })
      return fine({ msgid: `m${staffMessages.length}` })
    },
    ...work.answers,
    ...codesOfContact.answers,
    ...tags.answers,
  }

  const token = (query: URLSearchParams): PeerAnswer => {
    if (query.get('corpid') !== corp.corpId) return fault(40013, 'invalid corpid')
    const secret = query.get('corpsecret') ?? ''
    if (secret !== corp.secret && secret !== corp.agentSecret) return fault(40001, 'invalid credential')
    const known = [...tokens].find(([, one]) => one.secret === secret && one.until > now())
    if (known !== undefined) return fine({ access_token: known[0], expires_in: tokenSeconds })
    tokensGiven += 1
    const text = `token-${tokensGiven}-${secret.slice(0, 3)}`
    tokens.set(text, { secret, until: now() + tokenSeconds * 1000 })
    return fine({ access_token: text, expires_in: tokenSeconds })
  }

  return {
    state: {
      greetings,
      tasks: work.tasks,
      staffMessages,
      media: pictures.media,
      forgetMedia: pictures.forget,
      ways: codesOfContact.ways,
      forgetWays: () => codesOfContact.ways.clear(),
      resign: (employee) => void resigned.add(employee),
      tags: tags.state,
      tokensGiven: () => tokensGiven,
      expireTokens() {
        for (const one of tokens.values()) one.until = 0
      },
      befriend(customer, employee, { name = customer, unionid = null, state = '' } = {}) {
        customers.set(customer, { name, unionid })
        const others = (follows.get(customer) ?? []).filter((one) => one.employee !== employee)
        follows.set(customer, [...others, { employee, state, since: now() }])
        const code = `code-${codes.size + 1}`
        codes.set(code, { customer, employee, at: now(), used: false })
        return code
      },
      unfriend(customer, employee) {
        const left = (follows.get(customer) ?? []).filter((one) => one.employee !== employee)
        follows.set(customer, left)
      },
      startTalk(customer) {
        talking.add(customer)
      },
      confirm: work.confirm,
    } satisfies WecomApiState,
    answer(path: string, query: URLSearchParams, { body, raw, type }: PeerRequest): PeerAnswer {
      if (path === 'gettoken') return token(query)
      const known = tokens.get(query.get('access_token') ?? '')
      if (known === undefined) return fault(40014, 'invalid access_token')
      if (known.until <= now()) return fault(42001, 'access_token expired')
      const needs = path === 'message/send' ? corp.agentSecret : corp.secret
      if (known.secret !== needs) return fault(48002, 'api forbidden')
      if (path === 'media/upload') return pictures.upload(query, type, raw)
      return answers[path]?.(body, query) ?? fault(40066, `no such call: ${path}`)
    },
  }
}
