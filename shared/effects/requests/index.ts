import { z } from 'zod'
import { decision } from './decision.ts'
import type { RequestDefinition } from './definition.ts'
import { http } from './http.ts'
import { model } from './model.ts'
import { task } from './task.ts'

const byKind = {
  model,
  http,
  decision,
  task,
} as const satisfies Record<string, RequestDefinition>
type ByKind = typeof byKind

/** Who can be asked. */
export type RequestKind = keyof ByKind

type AnsweredBy<Who> = {
  [Kind in RequestKind]: ByKind[Kind]['answers'] extends Who ? Kind : never
}[RequestKind]

/** Who is called. How each is called is a table over these. */
export type CalledKind = AnsweredBy<'machine'>
/** Who answers in their own time, by a page. */
export type PersonKind = AnsweredBy<'person'>

export const isCalled = (kind: RequestKind): kind is CalledKind => byKind[kind].answers === 'machine'

const isForPerson = (request: Request): request is RequestTo<PersonKind> => !isCalled(request.to)

/** Until when a person may answer a question; null where a machine is called. */
export const personUntil = (request: Request): number | null => (isForPerson(request) ? request.until : null)

export type RequestTo<Kind extends RequestKind> = Readonly<z.infer<ByKind[Kind]['request']>>
export type Request = { [Kind in RequestKind]: RequestTo<Kind> }[RequestKind]

interface Answers extends Record<RequestKind, { readonly ok: true }> {
  model: Readonly<z.infer<ByKind['model']['answer']>>
  http: Readonly<z.infer<ByKind['http']['answer']>>
  decision: Readonly<z.infer<ByKind['decision']['answer']>>
  task: Readonly<z.infer<ByKind['task']['answer']>>
}
export type AnswerFrom<Kind extends RequestKind> = Answers[Kind]

/** No answer came for good; the reason is a code of whoever was asked. */
export interface Unanswered {
  readonly ok: false
  readonly reason: string
}

/** What is stored of a request once it is settled. */
export type Reply = AnswerFrom<RequestKind> | Unanswered

/** Whether a question may do something where it goes. */
export const acts = (request: Request): boolean => byKind[request.to].acts

/** A question of one kind; null where it goes to somebody else. */
export function requestTo<Kind extends RequestKind>(kind: Kind, request: Request): RequestTo<Kind> | null {
  const requests: { readonly [K in RequestKind]: { readonly request: z.ZodType<RequestTo<K>> } } = byKind
  const definition: { readonly request: z.ZodType<RequestTo<Kind>> } = requests[kind]
  return definition.request.safeParse(request).data ?? null
}

export const requestSchema = z.discriminatedUnion('to', [
  byKind.model.request,
  byKind.http.request,
  byKind.decision.request,
  byKind.task.request,
])

const unanswered = z.strictObject({ ok: z.literal(false), reason: z.string() })

/** A stored reply as the node that asked one kind reads it; null where it is another kind's or unreadable. */
export function replyFrom<Kind extends RequestKind>(
  kind: Kind,
  reply: Reply | null,
): AnswerFrom<Kind> | Unanswered | null {
  if (reply === null) return null
  const failed = unanswered.safeParse(reply)
  if (failed.success) return failed.data
  const answers: { readonly [K in RequestKind]: { readonly answer: z.ZodType<AnswerFrom<K>> } } = byKind
  const definition: { readonly answer: z.ZodType<AnswerFrom<Kind>> } = answers[kind]
  return definition.answer.safeParse(reply).data ?? null
}
