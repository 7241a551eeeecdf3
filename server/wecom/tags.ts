import { z } from 'zod'
import type { BoundTag, CorpTags, TagBinding } from '../../shared/api/wecom-tags.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import type { WecomDesk } from './tasks.ts'

/** Page 92117 of WeCom's documents. */
const library = z.looseObject({
  tag_group: z
    .array(
      z.looseObject({
        group_id: z.string(),
        group_name: z.string(),
        deleted: z.boolean().nullish(),
        tag: z
          .array(z.looseObject({ id: z.string(), name: z.string(), deleted: z.boolean().nullish() }))
          .default([]),
      }),
    )
    .default([]),
})

/** The corp's tags as they are now. Problems `channel-absent`, `wecom-refused`. */
export async function listCorpTags({ wecom }: WecomDesk): Promise<CorpTags> {
  const client = wecom()?.client
  if (client === undefined) throw new Problem('channel-absent', { channel: 'wecom' }, 'channel')
  const said = await client.ask({ path: 'externalcontact/get_corp_tag_list', body: {}, answer: library })
  if (!said.ok) {
    const { code, detail } = said.failure
    throw new Problem('wecom-refused', { detail: `${code}: ${detail}` })
  }
  const there = <T extends { deleted?: boolean | null | undefined }>(all: readonly T[]) =>
    all.filter(({ deleted }) => deleted !== true)
  return {
    groups: there(said.value.tag_group).map(({ group_id: id, group_name: name, tag }) => ({
      ...{ id, name },
      tags: there(tag).map((one) => ({ id: one.id, name: one.name })),
    })),
  }
}

export const listBoundTags = async ({ stores }: Desk): Promise<BoundTag[]> => [
  ...(await stores.wecomTags.list()),
]

/** Problems as of `listCorpTags`, `not-found` where WeCom has no such tag, `wecom-tag-bound`. */
export async function bindTag(
  desk: WecomDesk,
  actor: Actor,
  { tag, tagId }: TagBinding,
): Promise<BoundTag[]> {
  const { groups } = await listCorpTags(desk)
  const group = groups.find(({ tags }) => tags.some(({ id }) => id === tagId))
  const found = group?.tags.find(({ id }) => id === tagId)
  if (group === undefined || found === undefined) throw new Problem('not-found', { what: tagId }, 'tagId')
  await desk.stores.wecomTags.bind(desk.act(actor), {
    ...{ tag, tagId, groupId: group.id, groupName: group.name, name: found.name },
  })
  await desk.stir()
  return listBoundTags(desk)
}

/** Problem `not-found`. */
export const unbindTag = (desk: Desk, actor: Actor, tagId: string): Promise<void> =>
  desk.stores.wecomTags.unbind(desk.act(actor), tagId)
