import { Agent, request } from 'node:http'

/** A phone's browser, as the table of programs takes it. */
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

/** One client that presses links and goes nowhere. */
export function linkCalls(url: string): {
  /** Milliseconds until it was told where to go; rejects where it was not. */
  press(path: string): Promise<number>
  close(): void
} {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const press = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const began = performance.now()
      const asked = request(`${url}${path}`, { agent, headers: { 'user-agent': phone } }, (answer) => {
        answer.on('error', reject)
        answer.on('end', () => {
          if (answer.statusCode === 302) resolve(performance.now() - began)
          else reject(new Error(`${path}: ${answer.statusCode}`))
        })
        answer.resume()
      })
      asked.on('error', reject)
      asked.end()
    })
  return { press, close: () => agent.destroy() }
}
