import { openModel } from './model.ts'
import type { AiSettings } from './settings.ts'

const patienceMs = 1000

/**
 * Asks a model of these settings without sending anything: the client is built, and its request with address,
 * headers and body. Resolves to what was wrong with them, or null.
 */
export async function triedModel(settings: AiSettings): Promise<Error | null> {
  const answerNothing: typeof fetch = async (input, init) => {
    // Whatever the network's own fetch would refuse before sending, this does.
    new Request(input, init)
    return Response.json({})
  }
  try {
    const model = openModel(settings, settings.model ?? '-', patienceMs, answerNothing)
    await model.ask([{ role: 'user', content: '-' }], AbortSignal.timeout(patienceMs))
    return null
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
}
