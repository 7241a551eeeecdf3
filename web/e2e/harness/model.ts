import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../../server/testing/peers/openai-process.ts', import.meta.url))

/** A server that speaks the OpenAI protocol, as a process of its own. */
export interface Model {
  /** What AI_BASE_URL is to be. */
  readonly url: string
  /** From now on it writes well, or refuses to. */
  behave(how: 'polish' | 'refuse'): Promise<void>
  stop(): Promise<void>
}

export async function startModel(): Promise<Model> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the model has ended')
    return value
  }
  return {
    url: await next(),
    async behave(how) {
      child.stdin.write(`${how}\n`)
      await next()
    },
    async stop() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
