import { z } from 'zod'
import { limits } from '../limits.ts'

const tagName = z.string().trim().min(1).max(limits.nameLength.value)
const tagId = z.string().trim().min(1).max(limits.nameLength.value).describe('WeCom’s id of a tag')

/** POST /wecom/tags */
export const tagBinding = z.strictObject({ tag: tagName.describe('The brand’s tag'), tagId })
export type TagBinding = z.output<typeof tagBinding>

/** A tag of the brand's that is one of the corp's in WeCom. */
export const boundTag = z.object({
  tag: z.string(),
  tagId: z.string(),
  group: z.string(),
  name: z.string().describe('As WeCom called it when it was bound'),
  gone: z.boolean().describe('It was deleted in WeCom, and is told of no more'),
  customers: z.int().describe('Customers on whom WeCom has it'),
  waiting: z.int().describe('Customers of whom WeCom is still to be told'),
  failed: z.int().describe('Customers of whom WeCom could not be told'),
  error: z.string().nullable().describe('Why the last of those could not'),
})
export type BoundTag = z.infer<typeof boundTag>

/** GET /wecom/tags */
export const boundTags = z.object({ tags: z.array(boundTag) })

/** GET /wecom/corp-tags: as WeCom has them now */
export const corpTags = z.object({
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tags: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  ),
})
export type CorpTags = z.infer<typeof corpTags>
