import { z } from 'zod'
import type { Json, Reason } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'
import { limits } from '../limits.ts'
import { checkJsonTemplate, jsonFault } from '../message/json-body.ts'
import { renderJson } from '../message/render.ts'
import { writtenText } from '../text.ts'
import { hear } from './asking.ts'
import { unwoken } from './recall.ts'
import { type DecideInput, type Decision, defineNode, type Finding, type Port } from './type.ts'
import { messageContext, variablesFor } from './variables.ts'

const reserved = ['otherwise', 'failed']

const config = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(limits.urlLength.value),
  /** The JSON that is sent, with variables in it. */
  body: z.string().max(limits.textLength.value),
  /** Where the answer's value stands: `code`, `data.items[0].state`; empty: the answer itself. */
  path: z
    .string()
    .max(200)
    .regex(/^$|^[^.[\]\s]+(\.[^.[\]\s]+|\[\d{1,4}\])*$/, 'names and places, such as data.items[0].state')
    .default(''),
  /** A way out for certain values, compared as they are written; any other leaves by `otherwise`. */
  cases: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')
          .refine((id) => !reserved.includes(id), 'any id but otherwise and failed'),
        name: writtenText,
        values: z.array(z.string().min(1).max(200)).min(1).max(50),
      }),
    )
    .max(20)
    .refine((cases) => new Set(cases.map(({ id }) => id)).size === cases.length, 'ids of ways out differ')
    .default([]),
  /** How long to wait for an answer, calls tried again included. */
  waitMinutes: z.int().min(1).max(1440).default(10),
  /** The way that a rehearsal, a preview and a sandbox take, which call nobody. */
  rehearse: z.string().max(64).default('otherwise'),
})
export type WebhookCallConfig = z.infer<typeof config>

/** The value at a path of an answer; undefined where there is none. */
export function valueAt(body: unknown, path: string): unknown {
  const steps =
    path === ''
      ? []
      : path
          .replaceAll(/\[(\d+)\]/g, '.$1')
          .replace(/^\./, '')
          .split('.')
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    return (value as Readonly<Record<string, unknown>>)[step]
  }, body)
}

/** A value as it is written, by which it is compared; null for what is no single value. */
function written(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null
}

function portsOf({ cases }: WebhookCallConfig): Port[] {
  return [
    ...cases.map(({ id, name }) => ({ id, name })),
    { id: 'otherwise', name: { 'zh-CN': '其他回答', en: 'Otherwise' } },
    { id: 'failed', name: { 'zh-CN': '调用失败', en: 'Failed' } },
  ]
}

function failed(reason: string, details: Readonly<Record<string, Json>> = {}): Decision {
  return { kind: 'leave', port: 'failed', reason: { code: 'call-failed', reason, ...details } }
}

function notCalled(settings: WebhookCallConfig, why: string): Decision {
  const known = portsOf(settings).some(({ id }) => id === settings.rehearse)
  return { kind: 'leave', port: known ? settings.rehearse : 'otherwise', reason: { code: 'not-called', why } }
}

function answered({ cases }: WebhookCallConfig, value: string | null): Decision {
  const chosen = cases.find(({ values }) => value !== null && values.includes(value))
  return { kind: 'leave', port: chosen?.id ?? 'otherwise', reason: { code: 'called', value } }
}

/** What was answered then, or why nobody was called. */
function again(settings: WebhookCallConfig, reason: Reason): Decision {
  const { code, value = null, why, ...details } = unwoken(reason)
  if (code === 'called') return answered(settings, written(value))
  if (code === 'not-called') return notCalled(settings, String(why))
  if (code !== 'call-failed') throw new Problem('trace-unfit', { what: code })
  const { reason: fault, ...rest } = details
  return failed(String(fault), rest)
}

function decide(settings: WebhookCallConfig, input: DecideInput): Decision {
  // The control group walks the same path, and nothing is done for it (rule 12).
  if (input.enrollment.control)
    return { kind: 'leave', port: 'otherwise', reason: { code: 'not-called', why: 'control_group' } }
  if (input.recalled !== undefined) return again(settings, input.recalled)
  const body = renderJson(settings.body, variablesFor(input), messageContext(input))
  if (!body.ok)
    return failed('render', {
      problems: body.problems.map((problem) => ({
        code: problem.code,
        name: 'variable' in problem ? problem.variable : null,
      })),
    })
  const fault = jsonFault(body.text)
  if (fault !== null) return failed('json', { detail: fault })
  if (!input.mayCall) return notCalled(settings, 'rehearsal')
  const heard = hear('http', { to: 'http', url: settings.url, body: body.text }, settings.waitMinutes, input)
  if (heard.waiting !== null) return heard.waiting
  if (!heard.reply.ok)
    return heard.reply.reason === 'sandbox' ? notCalled(settings, 'sandbox') : failed(heard.reply.reason)
  return answered(settings, written(valueAt(heard.reply.body, settings.path)))
}

function check({ body, cases, rehearse }: WebhookCallConfig): Finding[] {
  const { fault, line, unquoted } = checkJsonTemplate(body)
  const ports = [...cases.map(({ id }) => id), ...reserved]
  return [
    ...(fault === null ? [] : [{ code: 'json-invalid', field: 'body', details: { line } }]),
    ...(fault === null
      ? unquoted.map((placeholder) => ({ code: 'json-unquoted', field: 'body', details: { placeholder } }))
      : []),
    ...(ports.includes(rehearse)
      ? []
      : [{ code: 'no-such-port', field: 'rehearse', details: { port: rehearse } }]),
  ]
}

/** Asks another system about a customer, and goes on by what it answers; nobody is called twice for one visit. */
export const webhookCall = defineNode<WebhookCallConfig>({
  type: 'webhook_call',
  role: 'step',
  category: 'choice',
  name: { 'zh-CN': '调用接口', en: 'Webhook call' },
  help: {
    'zh-CN': '把一段 JSON 发给别的系统或群机器人，按它的回答分流',
    en: 'Send JSON to another system or a chat robot, and go on by its answer',
  },
  config,
  defaults: () => ({
    url: 'https://example.com/magpie',
    body: '{"customer": "{{ customer.id }}"}',
    path: '',
    cases: [],
    waitMinutes: 10,
    rehearse: 'otherwise',
  }),
  ports: portsOf,
  needs: () => ({ customer: true, reply: true }),
  channels: () => ['webhook'],
  passage: ({ waitMinutes }, { arrivedAt }) => [arrivedAt, arrivedAt + waitMinutes * 60_000],
  check,
  texts: ({ body }) => [{ field: 'body', text: body }],
  describe: ({ url, cases }, { locale }) => {
    const host = URL.canParse(url) ? new URL(url).hostname : url
    const called = locale === 'en' ? `Call ${host}` : `调用 ${host}`
    if (cases.length === 0) return called
    return locale === 'en'
      ? `${called} · ${cases.length + 1} answers`
      : `${called} · ${cases.length + 1} 种回答`
  },
  decide,
  asks: 'http',
})
