import { Agent, request } from 'node:http'

/** One client that keeps its connections. */
export interface HttpCalls {
  /** Rejects where the answer is not 200; resolves to the milliseconds until it was whole. */
  call(path: string, body?: string): Promise<number>
  close(): void
}

export function httpCalls(url: string): HttpCalls {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const call = (path: string, body?: string) =>
    new Promise<number>((resolve, reject) => {
      const began = performance.now()
      const headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const asked = request(
        `${url}${path}`,
        { agent, method: body === undefined ? 'GET' : 'POST', headers },
        (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', reject)
          answer.on('end', () => {
            if (answer.statusCode === 200) resolve(performance.now() - began)
            else reject(new Error(`${path}: ${answer.statusCode} ${Buffer.concat(parts).toString()}`))
          })
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  return { call, close: () => agent.destroy() }
}
