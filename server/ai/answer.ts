import { z } from 'zod'

/** What the model must answer; the JSON Schema sent with the request is derived from it. */
export const answerSchema = z.strictObject({ text: z.string() })

const usageSchema = z.object({
  prompt_tokens: z.number().int().nonnegative(),
  completion_tokens: z.number().int().nonnegative(),
})

/** The part of a chat completion that is read. Compatible servers leave out much of the rest. */
const completionSchema = z.object({
  model: z.string().max(200).nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: usageSchema.nullish().catch(null),
})

/** One reply of the model server. `usage` is null where the server states none. */
export interface Reply {
  model: string | null
  usage: { inputTokens: number; outputTokens: number } | null
  content: string
  refusal: string | null
  finish: string | null
}

/** The body of a chat completion as a reply, or null where it is something else (a proxy's page, say). */
export function readCompletion(body: unknown): Reply | null {
  const parsed = completionSchema.safeParse(body)
  const choice = parsed.data?.choices[0]
  if (!parsed.success || choice === undefined) return null
  const { model, usage } = parsed.data
  return {
    model: model || null,
    usage: usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : null,
    content: choice.message.content ?? '',
    refusal: choice.message.refusal || null,
    finish: choice.finish_reason ?? null,
  }
}

/**
 * The polished text of an answer, or null where the answer is not the object asked for. Small and reasoning
 * models put their thoughts, a code fence or a sentence around it; what stands around is dropped.
 */
export function readAnswer(content: string): string | null {
  const spoken = content.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim()
  const fenced = /```[a-z]*\s*\n?([\s\S]*?)```/i.exec(spoken)?.[1]
  const braced = spoken.slice(spoken.indexOf('{'), spoken.lastIndexOf('}') + 1)
  for (const candidate of [spoken, fenced, braced]) {
    const answer = answerSchema.safeParse(parseJson(candidate ?? ''))
    const text = answer.data?.text.trim()
    if (text) return text
  }
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
