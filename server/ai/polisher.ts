import { type Reply, readAnswer } from './answer.ts'
import { type Check, checkText } from './check.ts'
import { type Fault, faultOf, garbage, timedOut, withoutKey } from './failures.ts'
import { type Model, openModel } from './model.ts'
import type { Polisher, PolishFailure, PolishRequest, PolishResult, Spent, Verified } from './polish.ts'
import { askAgain, openConversation, type Turn, writeOut } from './prompt.ts'
import { openReach, type ReachParts } from './reach.ts'
import type { AiSettings } from './settings.ts'
import { openTimeBox, type TimeBox } from './time-box.ts'

/** What a test or another caller may put in the place of the polisher's own parts. */
export interface PolisherParts extends ReachParts {
  /** `checkText` unless given. */
  check?: Check
  /** A signal that aborts after so many milliseconds; `AbortSignal.timeout` unless given. */
  deadline?: (ms: number) => AbortSignal
}

/** A polisher with connections of its own. */
export interface OpenPolisher extends Polisher {
  /** Lets go of its connections once what is under way has ended. */
  close(): Promise<void>
}

/**
 * The polisher of the settings; without a model, or without both key and address, one that always fails with
 * `no-key`. An answer that is malformed or fails the check is sent back once with its faults named.
 */
export function createPolisher(settings: AiSettings, parts: PolisherParts = {}): OpenPolisher {
  const missing = whatIsMissing(settings)
  if (settings.model === undefined || missing !== null) return absentPolisher(missing ?? 'no model is set')
  const timeoutMs = settings.timeoutMs ?? 20_000
  const reach = openReach(settings, timeoutMs, parts)
  const model = openModel(settings, settings.model, timeoutMs, reach.fetch)
  const open = (stop: AbortSignal) =>
    openTimeBox(stop, (parts.deadline ?? ((ms) => AbortSignal.timeout(ms)))(timeoutMs))

  return {
    model: model.name,
    async polish(request, signal) {
      signal.throwIfAborted()
      const box = open(signal)
      try {
        return await converse({
          model,
          settings,
          request,
          check: parts.check ?? checkText,
          stop: signal,
          box,
        })
      } finally {
        box.close()
      }
    },
    async verify() {
      const stop = new AbortController().signal
      const box = open(stop)
      try {
        return await greet(model, settings.apiKey, stop, box)
      } finally {
        box.close()
      }
    },
    close: () => reach.close(),
  }
}

interface Work {
  model: Model
  settings: AiSettings
  request: PolishRequest
  check: Check
  stop: AbortSignal
  box: TimeBox
}

async function converse(work: Work): Promise<PolishResult> {
  const { model, settings, request } = work
  const replies: Reply[] = []
  let turns = openConversation(request)
  const fail = (fault: Fault): PolishFailure => ({
    ok: false,
    ...fault,
    model: replies.at(-1)?.model ?? model.name,
    prompt: writeOut(turns),
    ...(replies.length > 0 ? { spent: spentOn(replies, settings) } : {}),
  })
  for (let chances = 2; ; chances--) {
    const heard = await hear(model, turns, settings.apiKey, work.stop, work.box)
    if ('fault' in heard) return fail(heard.fault)
    replies.push(heard.reply)
    const verdict = judge(heard.reply, work)
    if ('text' in verdict) {
      const named = heard.reply.model ?? model.name
      return {
        ok: true,
        text: verdict.text,
        model: named,
        prompt: writeOut(turns),
        ...spentOn(replies, settings),
      }
    }
    if (verdict.faults.length === 0 || chances === 1) return fail(verdict.fault)
    const clean = (words: string) => withoutKey(words, settings.apiKey)
    turns = [...turns, ...askAgain(request, clean(heard.reply.content), verdict.faults.map(clean))]
  }
}

type Heard = { reply: Reply } | { fault: Fault }

/** One question to the model; rejects only when stopped. */
async function hear(
  model: Model,
  turns: readonly Turn[],
  apiKey: string | undefined,
  stop: AbortSignal,
  box: TimeBox,
): Promise<Heard> {
  try {
    const reply = await box.run(model.ask(turns, box.signal))
    return reply ? { reply } : { fault: garbage('the reply is no chat completion') }
  } catch (error) {
    stop.throwIfAborted()
    return { fault: box.late ? timedOut : faultOf(error, apiKey) }
  }
}

/** A text that may be sent, or what is wrong; `faults` are what a second answer could do better. */
type Verdict = { text: string } | { fault: Fault; faults: readonly string[] }

function judge(reply: Reply, { request, check, settings }: Work): Verdict {
  if (reply.refusal !== null || reply.finish === 'content_filter') {
    const said = withoutKey(reply.refusal ?? 'content filter', settings.apiKey).slice(0, 300)
    return {
      fault: { reason: 'refused', detail: `the model refused: ${said}`, retryable: false },
      faults: [],
    }
  }
  const text = readAnswer(reply.content)
  if (text === null) {
    const detail = reply.finish === 'length' ? 'the answer was cut off' : 'the answer is not {"text": "…"}'
    return { fault: garbage(detail), faults: [detail] }
  }
  const faults = check(text, request)
  if (faults.length === 0) return { text }
  const detail = withoutKey(faults.join('; '), settings.apiKey).slice(0, 600)
  return { fault: { reason: 'check-failed', detail, retryable: false }, faults }
}

function spentOn(replies: readonly Reply[], settings: AiSettings): Spent {
  const sum = (read: (usage: NonNullable<Reply['usage']>) => number) =>
    replies.reduce((total, reply) => total + (reply.usage ? read(reply.usage) : 0), 0)
  const inputTokens = sum((usage) => usage.inputTokens)
  const outputTokens = sum((usage) => usage.outputTokens)
  const { pricePerMillionInputMilli: inputPrice, pricePerMillionOutputMilli: outputPrice } = settings
  const known = inputPrice !== undefined && outputPrice !== undefined && replies.every((reply) => reply.usage)
  const costMilli = known ? Math.round((inputTokens * inputPrice + outputTokens * outputPrice) / 1e6) : null
  return { inputTokens, outputTokens, costMilli }
}

async function greet(
  model: Model,
  apiKey: string | undefined,
  stop: AbortSignal,
  box: TimeBox,
): Promise<Verified> {
  const turns: Turn[] = [
    { role: 'user', content: 'Answer with the JSON object {"text": "ok"} and nothing else.' },
  ]
  const heard = await hear(model, turns, apiKey, stop, box)
  if ('fault' in heard)
    return { ok: false, detail: heard.fault.detail, reason: heard.fault.reason, model: null }
  const named = heard.reply.model ?? model.name
  if (readAnswer(heard.reply.content) === null) {
    const detail = `${model.name} answers, but not in the form asked for`
    return { ok: false, detail, reason: 'garbage', model: named }
  }
  return { ok: true, detail: `${named} answers`, reason: null, model: named }
}

function whatIsMissing(settings: AiSettings): string | null {
  if (settings.apiKey === undefined && settings.baseUrl === undefined)
    return 'neither a key nor an address is set'
  return settings.model === undefined ? 'no model is set' : null
}

function absentPolisher(detail: string): OpenPolisher {
  const reason = 'no-key'
  return {
    model: null,
    async polish(_request, signal) {
      signal.throwIfAborted()
      return { ok: false, reason, detail, retryable: false, model: null, prompt: null }
    },
    async verify() {
      return { ok: false, detail, reason, model: null }
    },
    close: async () => undefined,
  }
}
