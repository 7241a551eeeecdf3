import { z } from 'zod'
import { fault, fine, type PeerAnswer } from './wecom-answer.ts'

/** Tags of a corp's customers on WeCom's side. */
export interface PeerTags {
  /** Adds one to the corp's library; answers its id. */
  create(group: string, name: string): string
  remove(id: string): void
  /** An employee puts tags on a friend, or takes them away, in WeCom itself. */
  put(customer: string, employee: string, ids: readonly string[]): void
  take(customer: string, employee: string, ids: readonly string[]): void
  /** What is on a customer by whichever employee. */
  on(customer: string): string[]
}

const mark = z.looseObject({
  userid: z.string(),
  external_userid: z.string(),
  add_tag: z.array(z.string()).default([]),
  remove_tag: z.array(z.string()).default([]),
})
const asked = z.looseObject({ tag_id: z.array(z.string()).default([]) })

/** https://developer.work.weixin.qq.com/document/path/92117 and 92118 */
export function answersOfTags({
  areFriends,
}: {
  readonly areFriends: (customer: string, employee: string) => boolean
}) {
  const library = new Map<string, { group: string; name: string }>()
  const held = new Map<string, Set<string>>()
  const keyOf = (customer: string, employee: string) => `${employee} ${customer}`
  const of = (customer: string, employee: string) => {
    const key = keyOf(customer, employee)
    const known = held.get(key) ?? new Set<string>()
    held.set(key, known)
    return known
  }
  const groups = () =>
    [...new Set([...library.values()].map(({ group }) => group))].map(
      (group) => [group, [...library].filter(([, one]) => one.group === group)] as const,
    )

  const state: PeerTags = {
    create(group, name) {
      const id = `et-${library.size + 1}`
      library.set(id, { group, name })
      return id
    },
    remove(id) {
      library.delete(id)
      for (const one of held.values()) one.delete(id)
    },
    put(customer, employee, ids) {
      for (const id of ids) of(customer, employee).add(id)
    },
    take(customer, employee, ids) {
      for (const id of ids) of(customer, employee).delete(id)
    },
    on: (customer) =>
      [...new Set([...held].flatMap(([key, ids]) => (key.endsWith(` ${customer}`) ? [...ids] : [])))].sort(),
  }

  const list = (body: unknown): PeerAnswer => {
    const read = asked.safeParse(body)
    if (!read.success) return fault(40058, 'invalid request parameter')
    const wanted = (id: string) => read.data.tag_id.length === 0 || read.data.tag_id.includes(id)
    return fine({
      tag_group: groups().map(([group, tags]) => ({
        ...{ group_id: `group-${group}`, group_name: group, create_time: 1, order: 0 },
        tag: tags
          .filter(([id]) => wanted(id))
          .map(([id, { name }]) => ({ id, name, create_time: 1, order: 0 })),
      })),
    })
  }

  const marks = (body: unknown): PeerAnswer => {
    const read = mark.safeParse(body)
    if (!read.success) return fault(40058, 'invalid request parameter')
    const { userid: employee, external_userid: customer, add_tag: add, remove_tag: remove } = read.data
    if (add.length + remove.length === 0) return fault(40058, 'add_tag and remove_tag both empty')
    if (!areFriends(customer, employee)) return fault(84061, 'not external contact')
    if (![...add, ...remove].every((id) => library.has(id))) return fault(40068, 'invalid tagid')
    state.put(customer, employee, add)
    state.take(customer, employee, remove)
    return fine()
  }

  return {
    state,
    /** As `externalcontact/get` and `batch/get_by_user` show them of one friendship. */
    shownOf(customer: string, employee: string) {
      const ids = [...of(customer, employee)]
      return {
        tags: ids.map((id) => ({
          ...{ group_name: library.get(id)?.group ?? '', tag_name: library.get(id)?.name ?? '' },
          ...{ type: 1, tag_id: id },
        })),
        tag_id: ids,
      }
    },
    answers: {
      'externalcontact/get_corp_tag_list': list,
      'externalcontact/mark_tag': marks,
    },
  }
}
