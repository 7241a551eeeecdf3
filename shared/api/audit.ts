import { z } from 'zod'
import { type AuditAction, actions, type ObjectKind, objectKinds } from '../audit/actions.ts'
import { type ActorKind, actor, actorKinds } from '../audit/actor.ts'
import { limits } from '../limits.ts'
import { unreadableRow } from './unreadable.ts'

// The names of closed lists; `Object.keys` does not know that they are closed.
const action = z.enum(Object.keys(actions) as AuditAction[])
const objectKind = z.enum(Object.keys(objectKinds) as ObjectKind[])
const actorKind = z.enum(Object.keys(actorKinds) as ActorKind[])

/** GET /audit?action=&object=&objectId=&actor=&before=&limit= : newest first. */
export const auditQuery = z.object({
  action: action.optional(),
  object: objectKind.optional(),
  objectId: z.string().max(limits.idLength.value).optional(),
  actor: actorKind.optional(),
  before: z.coerce.number().int().min(1).optional().describe('The id of the last entry of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export type AuditQuery = z.infer<typeof auditQuery>

export const auditEntry = z.object({
  id: z.int(),
  at: z.int().describe('Real time, epoch ms; where the same was done several times in a row, the first'),
  lastAt: z.int().describe('The last of them'),
  times: z.int().min(1),
  clock: z.int().describe('The brand’s clock, virtual in a sandbox'),
  actor,
  action,
  object: z.object({ kind: objectKind, id: z.string() }),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditPage = z.object({
  entries: z.array(auditEntry),
  unreadable: z.array(unreadableRow).describe('Entries of this page that cannot be read'),
  next: z.int().nullable(),
})
export type AuditPage = z.infer<typeof auditPage>
