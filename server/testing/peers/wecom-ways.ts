import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { z } from 'zod'
import { fault, fine, type PeerAnswer } from './wecom-answer.ts'

/** A QR code by which customers add employees. */
export interface PeerWay {
  readonly config: string
  readonly state: string
  readonly users: readonly string[]
  readonly remark: string
  readonly skipVerify: boolean
  readonly at: number
  /** Where its picture stands. */
  readonly qr: string
}

/** What https://developer.work.weixin.qq.com/document/path/92228 says of each field. */
const draft = z.looseObject({
  type: z.int(),
  scene: z.int(),
  remark: z.string().max(30).default(''),
  skip_verify: z.boolean().default(true),
  state: z.string().max(30).default(''),
  user: z.array(z.string()).max(100).default([]),
})
const change = draft.partial().extend({ config_id: z.string() })
const named = z.looseObject({ config_id: z.string() })
const range = z.looseObject({
  start_time: z.int().default(0),
  end_time: z.int().default(Number.MAX_SAFE_INTEGER),
  cursor: z.string().default(''),
  limit: z.int().min(1).max(1000).default(100),
})

const unreadable = fault(40058, 'invalid request parameter')

export function answersOfWays({
  now,
  url,
  mayBeAdded,
}: {
  readonly now: () => number
  readonly url: () => string
  readonly mayBeAdded: (employee: string) => boolean
}) {
  const ways = new Map<string, PeerWay>()
  let made = 0

  const add = (body: unknown): PeerAnswer => {
    const read = draft.safeParse(body)
    if (!read.success) return unreadable
    const { type, scene, remark, skip_verify: skipVerify, state, user: users } = read.data
    if (type !== 1 && type !== 2) return fault(41037, 'missing contact way type')
    if (scene !== 2) return fault(41040, 'invalid contact way scene')
    if (users.length === 0) return fault(81012, 'user & party & tag all empty')
    if (type === 1 && users.length > 1) return unreadable
    if (!users.every(mayBeAdded)) return fault(84074, 'no permission of external contact')
    made += 1
    const config = createHash('md5').update(`${made} ${state}`).digest('hex')
    const qr = `${url()}/qr/${config}.png`
    ways.set(config, { config, state, users, remark, skipVerify, at: now(), qr })
    return fine({ config_id: config, qr_code: qr })
  }

  const update = (body: unknown): PeerAnswer => {
    const read = change.safeParse(body)
    const way = read.success ? ways.get(read.data.config_id) : undefined
    if (!read.success || way === undefined) return unreadable
    const { remark, skip_verify: skipVerify, user: users } = read.data
    if (users?.every(mayBeAdded) === false) return fault(84074, 'no permission of external contact')
    ways.set(way.config, {
      ...way,
      ...(remark !== undefined && { remark }),
      ...(skipVerify !== undefined && { skipVerify }),
      ...(users !== undefined && { users }),
    })
    return fine()
  }

  const get = (body: unknown): PeerAnswer => {
    const way = ways.get(named.safeParse(body).data?.config_id ?? '')
    if (way === undefined) return unreadable
    const { config, state, users, remark, skipVerify, qr } = way
    return fine({
      contact_way: {
        ...{ config_id: config, type: 2, scene: 2, state, remark, user: users, party: [] },
        ...{ skip_verify: skipVerify, qr_code: qr, is_temp: false },
      },
    })
  }

  const list = (body: unknown): PeerAnswer => {
    const read = range.safeParse(body)
    if (!read.success) return unreadable
    const { start_time: from, end_time: until, cursor, limit } = read.data
    const found = [...ways.values()].filter(({ at }) => at / 1000 >= from && at / 1000 <= until)
    const start = cursor === '' ? 0 : Number(cursor)
    const next = start + limit < found.length ? { next_cursor: String(start + limit) } : {}
    return fine({
      contact_way: found.slice(start, start + limit).map(({ config }) => ({ config_id: config })),
      ...next,
    })
  }

  const remove = (body: unknown): PeerAnswer =>
    ways.delete(named.safeParse(body).data?.config_id ?? '') ? fine() : unreadable

  return {
    ways,
    answers: {
      'externalcontact/add_contact_way': add,
      'externalcontact/update_contact_way': update,
      'externalcontact/get_contact_way': get,
      'externalcontact/list_contact_way': list,
      'externalcontact/del_contact_way': remove,
    },
  }
}

const side = 29

/** A picture that looks like a code and is another for each path; it leads nowhere. */
export function qrPicture(path: string): Promise<Buffer> {
  const bits = createHash('sha512').update(path).digest()
  const corner = (x: number, y: number): boolean | null => {
    const [a, b] = [Math.min(x, side - 1 - x), Math.min(y, side - 1 - y)]
    if (a > 7 || b > 7 || (x > side / 2 && y > side / 2)) return null
    if (a === 7 || b === 7) return false
    const ring = Math.min(a, b, 6 - a, 6 - b)
    return ring !== 1
  }
  const dark = (x: number, y: number): boolean =>
    corner(x, y) ?? (((bits[(x * 7 + y * 13) % bits.length] ?? 0) >> ((x + 3 * y) % 8)) & 1) === 1
  const raw = Buffer.alloc(side * side, 255)
  for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) if (dark(x, y)) raw[y * side + x] = 0
  return sharp(raw, { raw: { width: side, height: side, channels: 1 } })
    .resize({ width: side * 12, kernel: 'nearest' })
    .extend({ top: 24, bottom: 24, left: 24, right: 24, background: '#fff' })
    .png()
    .toBuffer()
}
